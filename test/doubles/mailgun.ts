import { type DoubleReply, type ProviderDouble, startProviderDouble } from '@sesame/connector-kit/provider-double';

/** Which account the double stands for. */
export type MailgunAccount = { apiKey: string; domain: string; templates?: string[] };

/** A refusal as Mailgun writes it, for `replyNext`. */
export const mailgunError = (status: number, message: string): DoubleReply => ({ status, body: { message } });

const known = /^(?:from|to|subject|text|html|template|o:tracking|[hv]:[\w-]+)$/;

/**
 * Starts a double of Mailgun's messages (API v3). It is stricter in two things: a parameter that it does not know is
 * refused, and so is a mail that lacks a part.
 * @see https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages
 */
export async function startMailgunDouble(
  account: MailgunAccount,
): Promise<ProviderDouble & { mails: Record<string, string>[] }> {
  const mails: Record<string, string>[] = [];
  const basic = `Basic ${Buffer.from(`api:${account.apiKey}`).toString('base64')}`;
  const double = await startProviderDouble(({ method, path, headers, body }) => {
    if (headers.authorization !== basic) return { status: 401, body: 'Forbidden' };
    const [, domain] = /^\/v3\/([^/]+)\/messages$/.exec(path) ?? [];
    if (method !== 'POST' || domain !== account.domain) return mailgunError(404, `Domain not found: ${domain}`);
    if (headers['content-type'] !== 'application/x-www-form-urlencoded') return mailgunError(400, 'No form');
    const form = Object.fromEntries(new URLSearchParams(body));
    const unknown = Object.keys(form).filter((name) => !known.test(name));
    if (unknown.length > 0) return mailgunError(400, `Unknown: ${unknown.join(', ')}`);
    const { from = '', to = '', html, text, template } = form;
    if (!/^[\x20-\x7e]*[^\s@<>]+@[^\s@<>]+>?$/.test(from))
      return mailgunError(400, 'from parameter is not a valid address');
    if (!/^[\x21-\x7e]+@[\w.-]+$/.test(to))
      return mailgunError(400, "'to' parameter is not a valid address. please check documentation");
    if (template !== undefined) {
      if (html !== undefined) return mailgunError(400, 'Only one parameter is allowed: html or template');
      if (!account.templates?.includes(template)) return mailgunError(400, `template ${template} not found`);
      JSON.parse(form['h:X-Mailgun-Variables'] ?? '');
    } else if (!html || !text) return mailgunError(400, "Need at least one of 'text' or 'html' parameters specified");
    mails.push(form);
    return { body: { id: `<2026.${mails.length}@${account.domain}>`, message: 'Queued. Thank you.' } };
  });
  return { ...double, mails };
}
