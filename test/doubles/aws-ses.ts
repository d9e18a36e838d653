import { randomUUID } from 'node:crypto';
import { type DoubleReply, type ProviderDouble, startProviderDouble } from '@sesame/connector-kit/provider-double';
import { z } from 'zod';
import { maxSkewMs, officialAuthorization, readDate } from './aws-sns.ts';

/** Which account and region the double stands for. */
export type SesAccount = { accessKeyId: string; accessKeySecret: string; region: string; now?: () => number };

const content = z.strictObject({ Data: z.string().min(1), Charset: z.literal('UTF-8') });
/** An address with or without a name, in ASCII, as the API asks for it. */
const mailbox = z.string().regex(/^[\x20-\x7e]*[^\s@<>]+@[^\s@<>]+>?$/);

const tag = z.string().regex(/^[\w-]{1,256}$/);

/** What the API takes of a mail without attachments; it is stricter in one thing: what it does not know is refused. */
const requestGuard = z.strictObject({
  FromEmailAddress: mailbox.optional(),
  FromEmailAddressIdentityArn: z.string().startsWith('arn:').optional(),
  Destination: z.strictObject({ ToAddresses: z.tuple([mailbox]) }),
  ReplyToAddresses: z.array(mailbox).optional(),
  FeedbackForwardingEmailAddress: mailbox.optional(),
  FeedbackForwardingEmailAddressIdentityArn: z.string().startsWith('arn:').optional(),
  ConfigurationSetName: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional(),
  EmailTags: z
    .array(z.strictObject({ Name: tag, Value: tag }))
    .max(50)
    .optional(),
  Content: z.strictObject({
    Simple: z.strictObject({
      Subject: content,
      Body: z.strictObject({ Text: content, Html: content }),
      Headers: z
        .array(z.strictObject({ Name: z.string().regex(/^[\x21-\x39\x3b-\x7e]{1,126}$/), Value: z.string() }))
        .max(15),
    }),
  }),
});

/** A mail that the double accepted. */
export type SesMail = z.infer<typeof requestGuard>;

/** An error as Amazon SES writes it, for `replyNext`. */
export const sesError = (status: number, type: string, message: string): DoubleReply => ({
  status,
  headers: {
    'content-type': 'application/json',
    'x-amzn-errortype': `${type}:http://internal.amazon.com/coral/`,
    'x-amzn-requestid': 'r-1',
  },
  body: JSON.stringify({ message }),
});

/**
 * Starts a double of SendEmail of Amazon SES (API v2) in one region, which checks signatures with the official signer.
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */
export async function startSesDouble(account: SesAccount): Promise<ProviderDouble & { mails: SesMail[] }> {
  const mails: SesMail[] = [];
  const double = await startProviderDouble(async (request) => {
    const {
      authorization,
      host = '',
      'content-type': contentType = '',
      'x-amz-date': timestamp = '',
    } = request.headers;
    const named = /Credential=(\w+)\//.exec(authorization ?? '')?.[1];
    if (named !== account.accessKeyId) {
      return sesError(403, 'UnrecognizedClientException', 'The security token is invalid.');
    }
    const signingDate = readDate(String(timestamp)) ?? new Date(0);
    const expected = await officialAuthorization({
      credentials: { accessKeyId: account.accessKeyId, secretAccessKey: account.accessKeySecret },
      region: account.region,
      service: 'ses',
      headers: { host, 'content-type': contentType },
      path: request.path,
      body: request.body,
      signingDate,
    });
    const skewMs = Math.abs((account.now ?? Date.now)() - signingDate.getTime());
    if (authorization !== expected || skewMs > maxSkewMs) {
      return sesError(403, 'InvalidSignatureException', 'The request signature we calculated does not match.');
    }
    if (request.method !== 'POST' || request.path !== '/v2/email/outbound-emails') return { status: 404 };
    const read = requestGuard.safeParse(JSON.parse(request.body));
    if (!read.success) return sesError(400, 'BadRequestException', z.prettifyError(read.error));
    mails.push(read.data);
    return { body: { MessageId: `0102${randomUUID()}-000000` } };
  });
  return { ...double, mails };
}
