import { createHash, createHmac } from 'node:crypto';
import {
  type DeliveryReport,
  formOf,
  inOrderOfNames,
  isJson,
  type ReportContext,
  ReportRefusal,
  type ReportRequest,
  type Reports,
  statusesMean,
} from '@sesame/connector-kit';
import { forged, isSameText } from '@sesame/connector-kit/report-signature';
import type { TwilioConfig } from './config.ts';
import { refusals } from './refusals.ts';

/**
 * Reads Twilio's status callbacks.
 * @see https://www.twilio.com/docs/messaging/guides/track-outbound-message-status
 */
export const reports = { addressIs: 'sent', read } satisfies Reports<TwilioConfig>;

const stateOf = statusesMean({
  sending: 'sent',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'undelivered',
  failed: 'undelivered',
  canceled: 'undelivered',
  partially_delivered: 'undelivered',
});

function read(request: ReportRequest, { config }: ReportContext<TwilioConfig>) {
  checkSignature(request, config);
  const form = formOf(request);
  const providerMessageId = form.get('MessageSid') ?? form.get('SmsSid') ?? undefined;
  const status = form.get('MessageStatus') ?? form.get('SmsStatus');
  if (!providerMessageId || !status) throw new ReportRefusal('unreadable', 'MessageSid and MessageStatus are missing.');
  const report = reportOfStatus(status, form.get('ErrorCode') || undefined, form.get('ErrorMessage'));
  return { reports: report ? [{ ...report, providerMessageId }] : [] };
}

/** What a status says, with the code and the words of what went wrong; nothing where it says nothing yet. */
export function reportOfStatus(
  status: string,
  providerCode: string | undefined,
  words: string | null | undefined,
): DeliveryReport | undefined {
  const state = stateOf(status);
  if (!state) return undefined;
  if (state !== 'undelivered') return { state, providerMessage: status };
  const known = providerCode === undefined ? undefined : refusals.get(providerCode);
  return {
    state,
    kind: known?.kind ?? 'unclear',
    meaning: known?.meaning,
    providerCode,
    providerMessage: words ? `${status}: ${words}` : status,
  };
}

/**
 * Twilio signs with the Auth Token, also what was sent with an API key; or, where a webhook rule asks for it, with the
 * key of the rule. Without the token the secret in the address is all there is to go by.
 * @see https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
function checkSignature(request: ReportRequest, { authToken, webhookSharedKey }: Partial<TwilioConfig>): void {
  const { headers } = request;
  const rule = headers['x-twilio-webhooks-signature-settings'];
  const algorithm =
    rule === undefined ? 'sha1' : algorithms[/\balgorithm=([\w-]+)/.exec(rule)?.[1]?.toUpperCase() ?? ''];
  if (!algorithm) throw forged('The webhook rule signs in a way that is not known.');
  const key = rule === undefined ? authToken : webhookSharedKey;
  if (!key && rule !== undefined)
    throw forged('A webhook rule signs this, and its shared key is not in the configuration.');
  if (!key) return;
  const signature = headers['x-twilio-signature'] ?? '';
  const rights = signedTexts(request).map((text) => createHmac(algorithm, key).update(text).digest('base64'));
  if (!rights.some((right) => isSameText(right, signature)))
    throw forged('The signature is not that of the Auth Token.');
}

const algorithms: Record<string, string> = { HMAC_SHA1: 'sha1', HMAC_SHA256: 'sha256' };

/** What may have been signed: the address with or without its port, then each parameter by its name. */
function signedTexts(request: ReportRequest): string[] {
  const { urls, body } = request;
  const hasJson = isJson(request);
  const parameters = hasJson ? '' : parametersIn(body.toString('utf8'));
  return urls
    .filter((url) => !hasJson || isOfBody(url, body))
    .flatMap((url) => spellings(url).map((one) => one + parameters));
}

const parametersIn = (body: string): string =>
  inOrderOfNames(new URLSearchParams(body))
    // A value that comes again is signed once.
    .flatMap(([name, values]) => [...new Set(values)].map((value) => name + value))
    .join('');

/** JSON is signed by its digest in the query. */
const isOfBody = (url: string, body: Buffer): boolean =>
  isSameText(new URL(url).searchParams.get('bodySHA256') ?? '', createHash('sha256').update(body).digest('hex'));

/** Twilio signs what it calls; proxies add the port and leave it out, and write the query anew. */
function spellings(url: string): string[] {
  const { protocol, username, password, hostname, port, pathname, search } = new URL(url);
  const credentials = username && `${username}${password && `:${password}`}@`;
  const defaultPort = protocol === 'https:' ? '443' : '80';
  const written = search && `?${new URLSearchParams(search)}`;
  return [port && `:${port}`, `:${port || defaultPort}`, ''].flatMap((withPort) =>
    [search, written].map((query) => `${protocol}//${credentials}${hostname}${withPort}${pathname}${query}`),
  );
}
