import {
  type ConnectorError,
  configuration,
  limit,
  type Refusal,
  recipient,
  refusalError,
  refusalTable,
  throttled,
  unclear,
} from '@sesame/connector-kit';
import { z } from 'zod';

const minute = 60;
const hour = 60 * minute;
/** Daily limits count calendar days, so this is the longest that a wait can be. */
const day = 24 * hour;

const clockIsOff = "This server's clock is off by more than five minutes: synchronise it, for example with NTP.";
const tooFast = throttled('Too many API requests a second; Tencent Cloud did not process this one.');

/**
 * Codes with a meaning of their own, in Tencent Cloud's spelling (`UnsuportedRegion`, `SerivceSuspend…`).
 * @see https://www.tencentcloud.com/document/product/382/40474
 */
export const refusals = refusalTable<Refusal>({
  'AuthFailure.SignatureExpire': configuration(clockIsOff),
  'AuthFailure.SignatureFailure': configuration('The signature does not match: check the SecretKey.'),
  'AuthFailure.SecretIdNotFound': configuration('The SecretId does not exist or is disabled: check the API key.'),
  'AuthFailure.UnauthorizedOperation': configuration('The sub-user may not send: give it QcloudSMSFullAccess.'),
  'FailedOperation.ContainSensitiveWord': configuration('The text contains a sensitive word: change the template.'),
  'FailedOperation.InsufficientBalanceInSmsPackage': configuration('The SMS package is used up: buy another one.'),
  'FailedOperation.JsonParseFail': configuration('The request could not be read: check the endpoint.'),
  'FailedOperation.PhoneNumberInBlacklist': recipient('The number is blocked: it opted out, or its carrier blocks it.'),
  'FailedOperation.SignatureIncorrectOrUnapproved': configuration(
    'The signature is not approved or differs from signName: signName is its content, not its id.',
  ),
  'FailedOperation.TemplateIncorrectOrUnapproved': configuration(
    'The template is not approved, or templateParams does not have as many variables as it.',
  ),
  'InternalError.RequestTimeException': configuration(clockIsOff),
  'InvalidParameterValue.IncorrectPhoneNumber': recipient('The number is not a valid phone number.'),
  'InvalidParameterValue.SdkAppIdNotExist': configuration('The SDK AppID does not exist: check sdkAppId.'),
  'InvalidParameterValue.TemplateParameterFormatError': configuration(
    'A verification template takes only 0 to 6 digits in each variable: no text and no longer code.',
  ),
  'InvalidParameterValue.TemplateParameterLengthLimit': configuration(
    'A variable is longer than this template or an individual account allows.',
  ),
  'LimitExceeded.AppDailyLimit': limit("The application's daily limit is reached: raise it in the SMS console.", day),
  'LimitExceeded.DailyLimit': limit('The daily limit for numbers outside mainland China is reached.', day),
  'LimitExceeded.DeliveryFrequencyLimit': limit('A frequency limit of the SMS console was hit.'),
  'LimitExceeded.PhoneNumberCountLimit': configuration('A request may carry at most 200 numbers: check the endpoint.'),
  'LimitExceeded.PhoneNumberDailyLimit': limit('This number got as many messages as it may in a day.', day),
  'LimitExceeded.PhoneNumberOneHourLimit': limit('This number got as many messages as it may in an hour.', hour),
  'LimitExceeded.PhoneNumberSameContentDailyLimit': limit('This number got the same text too often today.', day),
  'LimitExceeded.PhoneNumberThirtySecondLimit': limit('This number got a message within the last 30 seconds.', 30),
  RequestLimitExceeded: tooFast,
  'UnauthorizedOperation.RequestIpNotInWhitelist': configuration(
    "This server's address is not in the application's IP allowlist.",
  ),
  'UnauthorizedOperation.SerivceSuspendDueToArrears': configuration('The account is in arrears: top it up.'),
  'UnauthorizedOperation.SmsSdkAppIdVerifyFail': configuration(
    'The SDK AppID belongs to another account than the API key.',
  ),
  'UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber': configuration(
    'A request may not mix numbers inside and outside mainland China: check the endpoint.',
  ),
  'UnsupportedOperation.UnsuportedRegion': recipient("Tencent Cloud does not deliver to this number's region."),
});

/** What a code means by its first part, where it has no meaning of its own. */
const refusalsByFamily = refusalTable<Refusal>({
  AuthFailure: configuration('Tencent Cloud does not accept the API key: check SecretId and SecretKey.'),
  FailedOperation: configuration('Tencent Cloud refused the message: check signature and templates.'),
  InvalidParameter: configuration('Tencent Cloud refused a parameter: check the configuration.'),
  InvalidParameterValue: configuration('Tencent Cloud refused a parameter: check the configuration.'),
  LimitExceeded: limit('A limit of Tencent Cloud was reached.'),
  MissingParameter: configuration('A parameter is missing: check the configuration.'),
  RequestLimitExceeded: tooFast,
  UnauthorizedOperation: configuration('Tencent Cloud does not allow this: check account, sub-user and application.'),
  UnsupportedOperation: configuration('Tencent Cloud does not support this: check region and application.'),
  UnsupportedRegion: configuration('The region is not one of the SMS service: check region.'),
  InternalError: unclear('Tencent Cloud had an internal error; the message may or may not have been sent.'),
});

const unknown = unclear('Tencent Cloud answered with an unknown code; the message may or may not have been sent.');

/** What a code means to us; unknown codes of a known family mean what their family does. */
export function refusalOf(code: string): Refusal {
  return refusals.get(code) ?? refusalsByFamily.get(code.split('.')[0] ?? '') ?? unknown;
}

/** A status of a number, or a refusal: a code and words. */
export const statusGuard = z.object({ Code: z.string().min(1).max(200), Message: z.string().default('') });

/** The answer to a request that was refused as a whole. */
export const refusedGuard = z.object({
  Response: z.object({ Error: statusGuard, RequestId: z.string().max(200).optional() }),
});

/** A refusal as Tencent Cloud words it. */
export type TencentError = { Code: string; Message: string };

const maxWords = 500;

/** The error for a refusal. Each of `secrets` is blacked out in the provider's words, whatever these repeat. */
export function refused(
  { Code, Message }: TencentError,
  requestId: string | undefined,
  status: number,
  secrets: string[],
): ConnectorError {
  const { retry, ...refusal } = refusalOf(Code);
  return refusalError(
    { status },
    // After a server error nobody knows what was processed, whatever the body says.
    { ...refusal, retry: retry && status < 500 },
    {
      code: Code,
      words: Message,
      notes: [requestId && `(RequestId ${requestId})`],
      hide: (words) => secrets.reduce((left, secret) => left.replaceAll(secret, '***'), words).slice(0, maxWords),
    },
  );
}
