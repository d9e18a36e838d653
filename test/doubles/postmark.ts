import { randomUUID } from 'node:crypto';
import { type DoubleReply, type ProviderDouble, startProviderDouble } from '@sesame/connector-kit/provider-double';
import { z } from 'zod';

/** Which server at Postmark the double stands for. */
export type PostmarkAccount = { serverToken: string; aliases: string[] };

const mailbox = z.string().regex(/^[\x20-\x7e]*[^\s@<>]+@[^\s@<>]+>?$/);
const common = {
  From: mailbox,
  To: mailbox,
  ReplyTo: mailbox.optional(),
  Headers: z.array(z.strictObject({ Name: z.string(), Value: z.string() })).optional(),
  Tag: z.string().max(1000).optional(),
  Metadata: z.record(z.string().max(20), z.string().max(80)).optional(),
  TrackOpens: z.boolean().optional(),
  TrackLinks: z.enum(['None', 'HtmlAndText', 'HtmlOnly', 'TextOnly']).optional(),
};

/** What each operation takes; the double is stricter in one thing: what it does not know is refused. */
const guards: Record<string, z.ZodType<Record<string, unknown>>> = {
  '/email/withTemplate': z.strictObject({
    ...common,
    TemplateAlias: z.string(),
    TemplateModel: z.record(z.string(), z.unknown()),
  }),
  '/email': z.strictObject({ ...common, Subject: z.string(), TextBody: z.string(), HtmlBody: z.string() }),
};

/** A refusal as Postmark writes it, for `replyNext`. */
export const postmarkError = (status: number, ErrorCode: number, Message: string): DoubleReply => ({
  status,
  body: { ErrorCode, Message },
});

/**
 * Starts a double of Postmark's email API.
 * @see https://postmarkapp.com/developer/api/templates-api#email-with-template
 */
export async function startPostmarkDouble(
  account: PostmarkAccount,
): Promise<ProviderDouble & { mails: Record<string, unknown>[] }> {
  const mails: Record<string, unknown>[] = [];
  const double = await startProviderDouble(({ method, path, headers, body }) => {
    if (headers['x-postmark-server-token'] !== account.serverToken) {
      return postmarkError(
        401,
        10,
        'The Server Token you provided in the X-Postmark-Server-Token request header was invalid.',
      );
    }
    const guard = guards[path];
    if (method !== 'POST' || !guard) return { status: 404 };
    const isJson = headers['content-type'] === 'application/json' && headers.accept === 'application/json';
    if (!isJson) return postmarkError(422, 409, 'JSON required');
    const read = guard.safeParse(JSON.parse(body));
    if (!read.success) return postmarkError(422, 403, z.prettifyError(read.error));
    const { TemplateAlias = account.aliases[0], To } = read.data;
    if (!account.aliases.includes(String(TemplateAlias))) {
      return postmarkError(
        422,
        1101,
        "The 'TemplateAlias' associated with this request is not valid or was not found.",
      );
    }
    mails.push(read.data);
    return {
      body: { To, SubmittedAt: new Date().toISOString(), MessageID: randomUUID(), ErrorCode: 0, Message: 'OK' },
    };
  });
  return { ...double, mails };
}
