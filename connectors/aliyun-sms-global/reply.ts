import { replyGuard as gatewayReplyGuard, refusalOf } from '@sesame/connector-aliyun-sms/errors';
import { ConnectorError, type ConnectorErrorData, type ProviderReply, unreadableReply } from '@sesame/connector-kit';
import { z } from 'zod';
import { type Refusal, refusals } from './refusals.ts';

const replyGuard = z.object({
  ResponseCode: z.string(),
  ResponseDescription: z.unknown(),
  MessageId: z.string().min(1).max(200).optional().catch(undefined),
  RequestId: z.unknown(),
});

/**
 * The id of the message, once the API took it. The API answers in words of its own, and the gateway before it in those
 * that all APIs of Aliyun share.
 * @throws ConnectorError for a refusal of either, without any of the `hidden` values, and for what is not documented
 */
export function readReply(reply: ProviderReply, hidden: string[]): string | undefined {
  const ofApi = replyGuard.safeParse(reply.json);
  if (!ofApi.success) throw refusedByGateway(reply, hidden);
  const { ResponseCode, ResponseDescription, MessageId, RequestId } = ofApi.data;
  if (ResponseCode === 'OK' && reply.status === 200) return MessageId;
  const answer = gatewayReplyGuard.safeParse({ Code: ResponseCode, Message: ResponseDescription, RequestId });
  if (!answer.success || ResponseCode === 'OK') throw unreadableReply(reply);
  const common = refusalOf(answer.data, reply, hidden);
  // After a server error nobody knows what was processed, whatever the code says.
  const refusal = reply.status < 500 ? meaningOf(ResponseCode) : undefined;
  throw new ConnectorError(refusal ? withMeaning(common, refusal, answer.data.RequestId) : common);
}

function refusedByGateway(reply: ProviderReply, hidden: string[]): ConnectorError {
  const answer = gatewayReplyGuard.safeParse(reply.json);
  if (!answer.success || answer.data.Code === 'OK') return unreadableReply(reply);
  return new ConnectorError(refusalOf(answer.data, reply, hidden));
}

function meaningOf(code: string): Refusal | undefined {
  const bare = code.replace(/^is[pv]\./, '');
  const unknown: Refusal = {
    kind: 'configuration',
    meaning: `Alibaba Cloud refused the message: look up ${code} in its list of international error codes.`,
  };
  return refusals.get(bare) ?? (bare === code ? unknown : undefined);
}

function withMeaning(common: ConnectorErrorData, refusal: Refusal, requestId: string | undefined): ConnectorErrorData {
  const { meaning, ...own } = refusal;
  return { ...common, ...own, message: requestId ? `${meaning} (RequestId ${requestId})` : meaning };
}
