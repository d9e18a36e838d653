import type { Recipient } from '../../../messaging/recipient.ts';
import type { Services } from '../../../services.ts';
import { managementFlow } from '../../../verification/verification.ts';
import type { AppInstance } from '../../app-instance.ts';
import { askerOf, callerName } from '../../caller.ts';
import { localeWishes } from '../../locale-wishes.ts';
import { endUserShape, errorResponses, localeSchema, noContent, recipientIn, toOneRecipient } from '../../schemas.ts';

type Deps = Pick<Services, 'verification' | 'messaging' | 'users'>;

/** `POST /api/verification-codes` */
export function sendVerificationCode(app: AppInstance, { verification, messaging, users }: Deps): void {
  app.post(
    '/verification-codes',
    {
      config: { role: 'operator', scope: 'codes' },
      attachValidation: true,
      schema: {
        tags: ['Verification codes'],
        summary: 'Send a verification code to a phone number or an email address',
        description:
          'For back ends that run their own sign-in. Give either `phone` or `email`. The new code replaces the one before. Where no `locale` is given, the message is in the language of the account that the number or the address has (`profile.locale`). The variable `application.name` of templates is the name of the brand. With the address and the device of the end user, the guard against SMS pumping serves people better; give the same when the code is checked.',
        body: toOneRecipient({ locale: localeSchema.optional(), ...endUserShape }),
        response: {
          204: noContent,
          ...errorResponses(
            'connector.not_found',
            'phone.cannot_receive_sms',
            'phone.country_not_served',
            'request.sending_paused',
            'request.message_rate_limited',
            'connector.general',
            'connector.invalid_config',
            'connector.invalid_response',
            'connector.rate_limit_exceeded',
            'connector.template_not_found',
          ),
        },
      },
    },
    async ({ body, validationError, caller }, reply) => {
      if (validationError) {
        // Without a connector no recipient will do.
        await messaging.requireConnector(Object.hasOwn(Object(body), 'email') ? 'Email' : 'Sms');
        throw validationError;
      }
      const { phone, locale = [], ip: address, deviceId } = body;
      const recipient = recipientIn(body) as Recipient;
      const user =
        locale.length === 0 ? await users.find(phone ? { phone: phone.e164 } : { email: recipient.key }) : undefined;
      const wording = { locales: localeWishes({ uiLocales: locale, user }), asker: askerOf(caller) };
      await verification.start({
        recipient,
        wording,
        usageType: 'Generic',
        flow: managementFlow,
        endUser: { caller: callerName(caller), address, deviceId },
      });
      return reply.code(204).send(null);
    },
  );
}
