import {
  type ConnectorError,
  configuration,
  limit,
  type ProviderReply,
  type Refusal,
  recipient,
  refusalError,
  refusalTable,
  retryAfterSeconds,
  unclear,
} from '@sesame/connector-kit';
import { z } from 'zod';

/**
 * Aliyun's documented refusals: what each means to us, and what the administrator can do. README.md lists the same.
 * @see https://help.aliyun.com/en/sms/developer-reference/api-error-codes
 */
export const refusals = refusalTable<Refusal>({
  'isv.MOBILE_NUMBER_ILLEGAL': recipient('Aliyun does not take this number: check its country code and digits.'),

  'isv.BUSINESS_LIMIT_CONTROL': limit(
    'This number got too many messages with this signature: by default 1 a minute, 5 an hour and 10 a day.',
  ),
  'isv.DAY_LIMIT_CONTROL': limit("The daily total set in Aliyun's console is used up: raise it there."),
  'isv.MONTH_LIMIT_CONTROL': limit("The monthly total set in Aliyun's console is used up: raise it there."),

  'isv.SMS_SIGNATURE_ILLEGAL': configuration(
    'Aliyun knows no approved signature of this name: compare signName with the console.',
  ),
  'isv.SMS_SIGN_ILLEGAL': configuration('This signature may not be used: apply for another one.'),
  'isv.SIGN_STATE_ILLEGAL': configuration("The signature is unavailable: see its state in Aliyun's console."),
  'isv.SMS_SIGNATURE_SCENE_ILLEGAL': configuration(
    'Signature and template are of different types: use a general or verification-code signature.',
  ),
  'isv.SMS_TEMPLATE_ILLEGAL': configuration(
    'Aliyun knows no approved template of this code: compare templateCode with the console.',
  ),
  'isv.TEMPLATE_MISSING_PARAMETERS': configuration(
    'The template has a variable that was not sent: add its name to templateParams.',
  ),
  'isv.TEMPLATE_PARAMS_ILLEGAL': configuration(
    'A value does not fit its variable in the template: a code has 4 to 6 digits or letters.',
  ),
  'isv.INVALID_JSON_PARAM': configuration('Aliyun could not read the variables: check templateParams.'),
  'isv.INVALID_PARAMETERS': configuration('A parameter is wrong: check signName, templateCode and templateParams.'),
  'isv.PARAM_LENGTH_LIMIT': configuration('A value is too long for its variable: a code has at most 6 characters.'),
  'isv.PARAM_NOT_SUPPORT_URL': configuration('A variable may not hold a link: move it into the template.'),
  'isv.BLACK_KEY_CONTROL_LIMIT': configuration('A variable holds a forbidden word: move it into the template.'),
  'isv.SMS_CONTENT_ILLEGAL': configuration('The text holds forbidden content: change the template.'),
  'isv.DOMESTIC_NUMBER_NOT_SUPPORTED': configuration(
    'This is an international template: give a mainland template for numbers of mainland China.',
  ),
  'isv.SMS_TEST_NUMBER_LIMIT': configuration(
    "A test signature or template sends only to test numbers: bind this one in Aliyun's console.",
  ),
  'isv.SMS_TEST_SIGN_TEMPLATE_LIMIT': configuration(
    'A test template goes only with a test signature, and the other way round.',
  ),
  'isv.AMOUNT_NOT_ENOUGH': configuration('The Aliyun account has no credit left: top it up.'),
  'isv.OUT_OF_SERVICE': configuration('The Aliyun account is suspended for lack of credit: top it up.'),
  'isv.PRODUCT_UN_SUBSCRIPT': configuration('The Aliyun account has not activated the SMS service.'),
  'isv.PRODUCT_UNSUBSCRIBE': configuration('The Aliyun account has not activated this product.'),
  'isv.ACCOUNT_NOT_EXISTS': configuration('Aliyun knows no such account: check the AccessKey.'),
  'isv.ACCOUNT_ABNORMAL': configuration("Something is wrong with the Aliyun account: see Aliyun's console."),
  'isv.DENY_IP_RANGE': configuration('Mainland messages must be sent from an IP address in mainland China.'),
  'isp.RAM_PERMISSION_DENY': configuration('Grant AliyunDysmsFullAccess to the RAM user of the AccessKey.'),
  SignatureDoesNotMatch: configuration('The AccessKey Secret does not belong to the AccessKey ID.'),
  IncompleteSignature: configuration('Aliyun could not read the signature: check the AccessKey pair.'),
  'InvalidAccessKeyId.NotFound': configuration('Aliyun knows no such AccessKey ID.'),
  'InvalidAccessKeyId.Inactive': configuration("The AccessKey is disabled: enable it in Aliyun's console."),
  'InvalidTimeStamp.Expired': configuration("This server's clock is wrong by more than 15 minutes."),

  SignatureNonceUsed: unclear('Something on the way sent the request twice; the message may have been sent.'),
});

/** What Aliyun answers, accepted or refused. */
export const replyGuard = z.object({
  Code: z.string().regex(/^[A-Za-z][\w.-]{0,99}$/),
  Message: z.string().catch(''),
  BizId: z.string().min(1).optional().catch(undefined),
  RequestId: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional()
    .catch(undefined),
});

/** An answer of Aliyun. */
export type AliyunReply = z.infer<typeof replyGuard>;

/**
 * The error for what Aliyun refused, without any of the `hidden` values in its words.
 * @param own what the code means in an API that has meanings of its own
 */
export function refused(answer: AliyunReply, reply: ProviderReply, hidden: string[], own?: Refusal): ConnectorError {
  const { Code, Message, RequestId } = answer;
  const known = refusals.get(Code) ?? guess(Code, reply.status);
  const hide = (words: string) => wordsWithout(hidden, words);
  const wait = secondsOfWindow(hide(Message)) ?? retryAfterSeconds(reply.headers);
  return refusalError(
    { status: reply.status },
    // Throttling is the gateway's doing, before the request reaches the SMS service: it was not processed.
    { ...known, retryAfterSeconds: known.kind === 'limit' ? wait : undefined, retry: isThrottled(Code), ...own },
    { code: Code, words: Message, notes: [RequestId && `(RequestId ${RequestId})`], hide },
  );
}

/** Its gateway is busy, and the message never reached the service. */
export const throttling = limit('Aliyun takes no more calls of this account for the moment.');

function isThrottled(code: string): boolean {
  return code === 'Throttling' || code.startsWith('Throttling.');
}

function guess(code: string, status: number): Refusal {
  if (isThrottled(code)) return throttling;
  if (code.startsWith('isp.')) {
    return unclear("Aliyun's own service failed; the message may or may not have been sent.");
  }
  if (code.startsWith('isv.') || (status >= 400 && status < 500)) {
    return configuration(`Aliyun refused the message: look up ${code} in its list of API error codes.`);
  }
  return unclear('Aliyun gave no clear answer; the message may or may not have been sent.');
}

const windows: [RegExp, number][] = [
  [/分钟|minute/i, 60],
  [/小时|hour/i, 3_600],
  [/天|日|day|daily/i, 86_400],
];

function secondsOfWindow(words: string): number | undefined {
  return windows.find(([name]) => name.test(words))?.[1];
}

const longestWords = 300;
// Shorter values are words of everyday language (a locale, a name), and would be cut out of the middle of others.
const shortestHidden = 4;

/**
 * Aliyun's words name the recipient when the number is wrong, and hold the whole request, with the code in it, when the
 * signature is.
 */
function wordsWithout(hidden: string[], words: string): string {
  const beforeEcho = words.split(/server (?:string ?to ?sign|canonical)/i)[0] ?? '';
  return hidden
    .flatMap((value) => (/^86\d{11}$/.test(value) ? [value, value.slice(2)] : [value]))
    .filter((value) => value.length >= shortestHidden)
    .reduce((text, value) => text.replaceAll(value, '***'), beforeEcho)
    .slice(0, longestWords)
    .trim();
}
