import { type ProviderReply, type SendResult, unreadableReply } from '@sesame/connector-kit';
import { z } from 'zod';
import { refusalError } from './errors.ts';

const refusal = z.object({ Code: z.string().min(1).max(200), Message: z.string().default('') });

const refusedReply = z.object({ Response: z.object({ Error: refusal, RequestId: z.string().max(200).optional() }) });

const sentReply = z.object({
  Response: z.object({
    SendStatusSet: z.array(refusal.extend({ SerialNo: z.string().max(200).optional() })).min(1),
    RequestId: z.string().max(200).optional(),
  }),
});

/**
 * Reads the reply to SendSms: it is a success only when every number has the code `Ok`.
 * @throws ConnectorError for a refusal of the request or of a number, and for what Tencent Cloud does not document
 */
export function readReply(reply: ProviderReply, secrets: string[]): SendResult {
  const { status, json } = reply;
  const refused = refusedReply.safeParse(json);
  if (refused.success) {
    const { Error: error, RequestId } = refused.data.Response;
    throw refusalError({ code: error.Code, message: error.Message, requestId: RequestId, status }, secrets);
  }
  const sent = sentReply.safeParse(json);
  if (status !== 200 || !sent.success) throw unreadableReply(reply);
  const { SendStatusSet, RequestId } = sent.data.Response;
  const failed = SendStatusSet.find(({ Code }) => Code.toLowerCase() !== 'ok');
  if (failed) {
    throw refusalError({ code: failed.Code, message: failed.Message, requestId: RequestId, status }, secrets);
  }
  const serialNo = SendStatusSet[0]?.SerialNo;
  return serialNo ? { providerMessageId: serialNo } : {};
}
