import { replyGuard as gatewayReplyGuard, refused as refusedByGateway } from '@sesame/connector-aliyun-sms/refusals';
import {
  type ConnectorError,
  configuration,
  limit,
  type ProviderReply,
  type Refusal,
  recipient,
  refusalTable,
  throttled,
  unclear,
  unreadableReply,
} from '@sesame/connector-kit';

const minute = 60;
const hour = 60 * minute;
/** Daily limits count calendar days, so this is the longest that a wait can be. */
const day = 24 * hour;

/**
 * The codes with which the API refuses a message. Older ones came with `isv.` or `isp.` in front, which is left out
 * here. README.md lists the same.
 * @see https://www.alibabacloud.com/help/en/sms/developer-reference/error-codes
 */
export const refusals = refusalTable<Refusal>({
  MOBILE_NUMBER_ILLEGAL: recipient('The number is not valid: check its country code and digits.'),

  QPS_LIMIT_CONTROL: throttled('Too many calls of this account in a second; this one was dropped.'),
  BUSINESS_LIMIT_CONTROL_MINUTE: limit('This number got as many messages as it may in a minute.', minute),
  BUSINESS_LIMIT_HOUR: limit('This number got as many messages as it may in an hour.', hour),
  BUSINESS_LIMIT_DAY: limit('This number got as many messages as it may in a day.', day),
  BUSINESS_LIMIT_CONTROL_PHONE: limit('This number got too many messages.'),
  ALERT_LIMIT_DAY: limit('The daily threshold of the account is reached: raise it in the SMS console.', day),
  ALERT_LIMIT_MONTH: limit('The monthly threshold of the account is reached: raise it in the SMS console.'),
  SMS_SECURITY_INTERCEPTED: limit('The message was blocked as a risk. If it is a real user, open a ticket.'),

  INVALID_SENDERID: configuration('The Sender ID is not approved: compare it with the SMS console, case and all.'),
  SENDERID_ERROR: configuration('The Sender ID has a form that is not allowed.'),
  NOT_SUPPORTED_COUNTRY: configuration('The account does not send to this country: open a ticket if it should.'),
  COUNTRY_RESTRICTED: configuration('This API does not send to mainland China.'),
  SMS_CONTENT_ILLEGAL: configuration('The text holds forbidden content: change the template.'),
  BLACK_KEY_CONTROL_LIMIT: configuration('The text holds a forbidden word: change the template.'),
  CONTENT_EXCEED_LIMIT: configuration('The text is too long: shorten the template.'),
  PARAM_LENGTH_LIMIT: configuration('The text is too long: shorten the template.'),
  INVALID_PARAMETERS: configuration('A parameter is wrong: check the Sender ID and the templates.'),
  AMOUNT_NOT_ENOUGH: configuration('The account has no credit left: top it up or buy a package.'),
  OUT_OF_SERVICE: configuration('The SMS service of the account is suspended: look for overdue bills.'),
  PRODUCT_NOT_SUBSCRIBED: configuration('The account has not activated the SMS service.'),
  PRODUCT_UN_SUBSCRIPT: configuration('The account has not activated the SMS service.'),
  ACCOUNT_NOT_EXISTS: configuration('The account has not activated SMS, or its identity is not verified.'),
  ACCOUNT_ABNORMAL: configuration('Something is wrong with the account: see its notices, or open a ticket.'),
  ACCOUNT_ILLEGAL: configuration('The account is blocked for what it sent: open a ticket.'),
  FORBIDDEN_ACTION: configuration('The account may not call this API any more: open a ticket.'),
  RAM_PERMISSION_DENY: configuration('Allow dysms:SendMessageToGlobe to the RAM user of the AccessKey.'),
  RAM_CHECK_FAILED: configuration('Allow dysms:SendMessageToGlobe to the RAM user of the AccessKey.'),

  SYSTEM_ERROR: unclear('Alibaba Cloud had an internal error; the message may or may not have been sent.'),
  GATEWAY_ERROR: unclear('Alibaba Cloud had an internal error; the message may or may not have been sent.'),
  ONLINE_BILLING_FAILED: unclear('Billing at Alibaba Cloud is busy; the message may or may not have been sent.'),
  BILLING_DEDUCTION_ERROR: unclear('Billing at Alibaba Cloud failed; the message may or may not have been sent.'),
});

/** What the API says of a message that it refused. */
export type GlobalAnswer = { ResponseCode: string; ResponseDescription?: unknown; RequestId?: unknown };

/** The error for what the API refused, without any of the `hidden` values. */
export function refused(answer: GlobalAnswer, reply: ProviderReply, hidden: string[]): ConnectorError {
  const { ResponseCode, ResponseDescription, RequestId } = answer;
  const read = gatewayReplyGuard.safeParse({ Code: ResponseCode, Message: ResponseDescription, RequestId });
  if (!read.success || ResponseCode === 'OK') return unreadableReply(reply);
  // After a server error nobody knows what was processed, whatever the code says.
  const own = reply.status < 500 ? refusalOf(ResponseCode) : undefined;
  return refusedByGateway(read.data, reply, hidden, own);
}

/** The error for what the gateway before the API refused, in the words that all APIs of Aliyun share. */
export function refusedBefore(reply: ProviderReply, hidden: string[]): ConnectorError {
  const answer = gatewayReplyGuard.safeParse(reply.json);
  if (!answer.success || answer.data.Code === 'OK') return unreadableReply(reply);
  return refusedByGateway(answer.data, reply, hidden);
}

function refusalOf(code: string): Refusal | undefined {
  const bare = code.replace(/^is[pv]\./, '');
  const known = refusals.get(bare);
  if (known || bare !== code) return known;
  return configuration(`Alibaba Cloud refused the message: look up ${code} in its list of international error codes.`);
}
