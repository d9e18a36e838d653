import {
  type Afterwards,
  type DeliveryReport,
  itemsFitting,
  type SendContext,
  type SentMessage,
  unreadableReply,
  type VerifiedMessage,
  withPlus,
} from '@sesame/connector-kit';
import { z } from 'zod';
import type { TencentConfig } from './config.ts';
import { refused, refusedGuard } from './refusals.ts';
import { callAction } from './request.ts';

const mostAtOnce = 100;

/** Asks Tencent Cloud what became of messages, by their number or all that it holds ready, and tells it of codes. */
export function afterwards(context: SendContext<TencentConfig>): Afterwards {
  const { askForReports, tellVerified } = context.config;
  return {
    ...(askForReports && { askOutcome: (message) => askAbout(message, context) }),
    ...(askForReports === 'queue' && { collectReports: () => collect(context) }),
    ...(tellVerified && { tellVerified: (message) => convert(message, context) }),
  };
}

const statusGuard = z.object({
  UserReceiveTime: z.coerce.number().optional().catch(undefined),
  PhoneNumber: z.string().optional().catch(undefined),
  CountryCode: z.coerce.string().optional().catch(undefined),
  SubscriberNumber: z.coerce.string().optional().catch(undefined),
  SerialNo: z.string().min(1),
  ReportStatus: z.enum(['SUCCESS', 'FAIL']),
  Description: z.string().nullish().catch(undefined),
  SessionContext: z.string().nullish().catch(undefined),
});
const pulledGuard = z.object({ Response: z.object({ PullSmsSendStatusSet: z.array(z.unknown()).nullish() }) });
type Status = z.output<typeof statusGuard>;

/** PullSmsSendStatusByPhoneNumber. @see https://www.tencentcloud.com/document/api/382/40518 */
async function askAbout(message: SentMessage, context: SendContext<TencentConfig>): Promise<DeliveryReport[]> {
  const seconds = Math.floor(message.sentAt / 1000);
  const statuses = await pull(context, 'PullSmsSendStatusByPhoneNumber', {
    SmsSdkAppId: context.config.sdkAppId,
    PhoneNumber: message.recipient,
    // Its clock may be a little behind.
    BeginTime: seconds - 60,
    Offset: 0,
    Limit: mostAtOnce,
  });
  return statuses.filter(({ SerialNo }) => SerialNo === message.providerMessageId).map(reportOf);
}

/** PullSmsSendStatus: what was given is gone there. @see https://www.tencentcloud.com/document/api/382/40519 */
async function collect(context: SendContext<TencentConfig>): Promise<DeliveryReport[]> {
  const parameters = { SmsSdkAppId: context.config.sdkAppId, Limit: mostAtOnce };
  return (await pull(context, 'PullSmsSendStatus', parameters)).map(reportOf);
}

/** The session context is our id of the message. */
function reportOf(status: Status): DeliveryReport {
  const { UserReceiveTime, PhoneNumber, CountryCode = '', SubscriberNumber = '', SerialNo, ReportStatus } = status;
  return {
    ...(status.SessionContext && { messageId: status.SessionContext }),
    recipient: PhoneNumber ? withPlus(PhoneNumber) : withPlus(`${CountryCode}${SubscriberNumber}`),
    providerMessageId: SerialNo,
    state: ReportStatus === 'SUCCESS' ? 'delivered' : 'undelivered',
    providerMessage: status.Description || undefined,
    at: UserReceiveTime ? UserReceiveTime * 1000 : undefined,
  };
}

/** Allow-listed accounts only. @see https://www.tencentcloud.com/document/api/382/79152 */
async function convert({ providerMessageId, verifiedAt }: VerifiedMessage, context: SendContext<TencentConfig>) {
  await call(context, 'ReportConversion', {
    SmsSdkAppId: context.config.sdkAppId,
    SerialNo: providerMessageId,
    ConversionTime: Math.floor(verifiedAt / 1000),
  });
}

async function pull(context: SendContext<TencentConfig>, action: string, parameters: object): Promise<Status[]> {
  const reply = await call(context, action, parameters);
  const pulled = pulledGuard.safeParse(reply.json);
  if (reply.status !== 200 || !pulled.success) throw unreadableReply(reply);
  return itemsFitting(statusGuard, pulled.data.Response.PullSmsSendStatusSet ?? []);
}

async function call(context: SendContext<TencentConfig>, action: string, parameters: object) {
  const reply = await callAction(context, action, { ...parameters });
  const refusal = refusedGuard.safeParse(reply.json);
  if (!refusal.success) return reply;
  const { Error: error, RequestId } = refusal.data.Response;
  throw refused(error, RequestId, reply.status, [context.config.accessKeySecret]);
}
