import { z } from 'zod';
import type { AppInstance } from '../app-instance.ts';
import { errorResponses } from '../schemas.ts';
import {
  codeIdentifierSchema,
  type ExperienceDeps,
  eventSchema,
  flowRequestOf,
  security,
  tags,
  toRecipient,
} from './flow-request.ts';

const time = z.int().describe('Milliseconds since the epoch.');
/** What a send comes to. */
export const sentCodeSchema = z.object({ verificationId: z.string(), codeExpiresAt: time, resendAfter: time });
/** What keeps a message from going out. */
export const sendRefusals = [
  'session.not_found',
  'session.invalid_interaction_type',
  'phone.cannot_receive_sms',
  'phone.country_not_served',
  'request.sending_paused',
  'request.message_rate_limited',
  'connector.not_found',
  'connector.general',
  'connector.invalid_config',
  'connector.invalid_response',
  'connector.rate_limit_exceeded',
  'connector.template_not_found',
] as const;

/** `POST /api/experience/verification/verification-code` */
export function sendCode(app: AppInstance, deps: ExperienceDeps): void {
  app.post(
    '/experience/verification/verification-code',
    {
      schema: {
        tags,
        security,
        summary: 'Send a verification code',
        description:
          'Whether the number or the address has an account shows only after the code was right, and so does whether codes are switched on: `identification` refuses one that is not. Where a code could be of no use, none is sent to a number or an address without an account.',
        body: z.object({ interactionEvent: eventSchema, identifier: codeIdentifierSchema }),
        response: {
          200: sentCodeSchema,
          ...errorResponses(
            ...sendRefusals,
            'session.captcha_required',
            'session.email_blocklist.email_not_allowed',
            'session.email_blocklist.email_subaddressing_not_allowed',
          ),
        },
      },
    },
    async (request) => {
      const { access, client, wording } = flowRequestOf(request);
      const { interactionEvent: event, identifier } = request.body;
      const recipient = toRecipient(identifier);
      const sent = await deps.signInFlows.sendCode(access, { event, recipient, client, wording });
      const { id: verificationId, ...times } = sent;
      return { verificationId, ...times };
    },
  );
}
