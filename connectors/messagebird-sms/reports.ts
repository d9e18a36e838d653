import {
  amountOf,
  type DeliveryReport,
  queryOf,
  type ReportContext,
  ReportRefusal,
  type ReportRequest,
  type Reports,
  statusesMean,
  timeOf,
} from '@sesame/connector-kit';
import { forged, hexDigest, isSameText, readSignedClaims } from '@sesame/connector-kit/report-signature';
import type { MessageBirdConfig } from './config.ts';
import { givenUpReasons } from './refusals.ts';

/**
 * Reads MessageBird's status reports, which come as GET.
 * @see https://developers.messagebird.com/api/sms-messaging/#handle-a-status-report
 */
export const reports = { addressIs: 'sent', read } satisfies Reports<MessageBirdConfig>;

const stateOf = statusesMean({
  sent: 'sent',
  buffered: 'sent',
  delivered: 'delivered',
  expired: 'undelivered',
  delivery_failed: 'undelivered',
});

async function read(request: ReportRequest, { config, now }: ReportContext<MessageBirdConfig>) {
  if (config.signingKey) await checkSignature(request, config.signingKey, now());
  const query = queryOf(request.urls);
  const [id, status] = [query.get('id'), query.get('status')];
  if (!id || !status) throw new ReportRefusal('unreadable', 'id and status are missing.');
  const state = stateOf(status);
  if (!state) return { reports: [] };
  const [amount, currency] = [amountOf(query.get('price[amount]')), query.get('price[currency]')];
  const report: DeliveryReport = {
    messageId: query.get('reference') || undefined,
    providerMessageId: id,
    state,
    providerMessage: status,
    // A plus that is not written as %2B is read as a blank.
    at: timeOf(query.get('statusDatetime')?.replace(/(T.*) /, '$1+')),
    parts: Number(query.get('messagePartCount')) || undefined,
    price: amount !== undefined && currency ? { amount, currency } : undefined,
    network: query.get('mccmnc') || undefined,
  };
  return { reports: [state === 'undelivered' ? { ...report, ...whyIn(query, status) } : report] };
}

function whyIn(query: URLSearchParams, status: string): Partial<DeliveryReport> {
  const reason = query.get('statusReason');
  const why = givenUpReasons.get(reason?.toLowerCase() ?? '') ?? givenUpReasons.get(status);
  return {
    kind: why?.kind,
    meaning: why?.meaning,
    providerCode: query.get('statusErrorCode') || undefined,
    providerMessage: reason ? `${status}: ${reason}` : status,
  };
}

/**
 * The token holds the digest of the address as it was called, and that of the body where there is one.
 * @see https://developers.messagebird.com/api/#verifying-http-requests
 */
async function checkSignature({ headers, urls, body }: ReportRequest, signingKey: string, now: number): Promise<void> {
  const token = headers['messagebird-signature-jwt'] ?? '';
  const { iss, jti, exp, url_hash, payload_hash } = await readSignedClaims(token, signingKey, now);
  if (iss !== 'MessageBird' || !jti || exp === undefined) throw forged('The token is not one of MessageBird.');
  const isOf = (claim: unknown, content: string | Buffer) =>
    isSameText(String(claim).toLowerCase(), hexDigest(content));
  if (!urls.some((url) => isOf(url_hash, url))) throw forged('The token is of another address.');
  const isOfBody = body.length === 0 && payload_hash === undefined ? true : isOf(payload_hash, body);
  if (!isOfBody) throw forged('The token is of another body.');
}
