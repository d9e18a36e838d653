import { type DoubleReply, type ProviderDouble, startProviderDouble } from '@sesame/connector-kit/provider-double';
import { z } from 'zod';

/** Which account the double stands for; `senders` are the domains that it has authenticated. */
export type SendGridAccount = { apiKey: string; senders: string[] };

const party = z.strictObject({ email: z.email(), name: z.string().min(1).optional() });
const setting = z.strictObject({ enable: z.boolean() });

/** What the API takes of a mail without attachments; it is stricter in one thing: what it does not know is refused. */
const requestGuard = z.strictObject({
  personalizations: z.tuple([
    z.strictObject({ to: z.tuple([party]), custom_args: z.record(z.string(), z.string()).optional() }),
  ]),
  from: party,
  reply_to: party.optional(),
  subject: z.string().min(1),
  // The text has to come before the HTML.
  content: z.tuple([
    z.strictObject({ type: z.literal('text/plain'), value: z.string().min(1) }),
    z.strictObject({ type: z.literal('text/html'), value: z.string().min(1) }),
  ]),
  headers: z.record(z.string().regex(/^[\x21-\x39\x3b-\x7e]+$/), z.string()).optional(),
  tracking_settings: z
    .strictObject({ click_tracking: setting, open_tracking: setting, subscription_tracking: setting })
    .optional(),
});

/** A mail that the double accepted. */
export type SendGridMail = z.infer<typeof requestGuard>;

/** A refusal as SendGrid writes it, for `replyNext`. */
export const sendGridErrors = (status: number, message: string, field: string | null = null): DoubleReply => ({
  status,
  body: { errors: [{ message, field, help: null }] },
});

/**
 * Starts a double of SendGrid's mail/send (API v3).
 * @see https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send
 */
export async function startSendGridDouble(
  account: SendGridAccount,
): Promise<ProviderDouble & { mails: SendGridMail[] }> {
  const mails: SendGridMail[] = [];
  const double = await startProviderDouble(({ method, path, headers, body }) => {
    if (headers.authorization !== `Bearer ${account.apiKey}`) {
      return sendGridErrors(401, 'The provided authorization grant is invalid, expired, or revoked');
    }
    if (method !== 'POST' || path !== '/v3/mail/send') return sendGridErrors(404, 'not found');
    if (headers['content-type'] !== 'application/json') return sendGridErrors(415, 'Content-Type should be JSON');
    const read = requestGuard.safeParse(JSON.parse(body));
    if (!read.success) return sendGridErrors(400, z.prettifyError(read.error), read.error.issues[0]?.path.join('.'));
    if (!account.senders.some((domain) => read.data.from.email.endsWith(`@${domain}`))) {
      return sendGridErrors(403, 'The from address does not match a verified Sender Identity.', 'from');
    }
    mails.push(read.data);
    return { status: 202, headers: { 'x-message-id': `sendgrid-${mails.length}` } };
  });
  return { ...double, mails };
}
