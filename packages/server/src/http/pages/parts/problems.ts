import { type EmailProblem, type FailureKind, readEmail, takesNoMail } from '@sesame/connector-kit';
import type { Problem, ProblemReason } from '@sesame/pages';
import { type PasswordIssue, ruleOf } from '../../../accounts/password-rules/new-password.ts';
import { ApiError, type ErrorCode } from '../../../errors.ts';
import type { SignInExperience } from '../../../experience/sign-in-experience.ts';

const reasons: Partial<Record<ErrorCode, ProblemReason>> = {
  'guard.invalid_input': 'username-invalid',
  'user.username_already_in_use': 'username-taken',
  'phone.cannot_receive_sms': 'phone-without-sms',
  'phone.country_not_served': 'country-not-served',
  'session.email_blocklist.email_not_allowed': 'email-not-allowed',
  'session.email_blocklist.email_subaddressing_not_allowed': 'email-with-plus',
  'user.phone_already_in_use': 'phone-taken',
  'user.email_already_in_use': 'email-taken',
  'user.same_password': 'password-same',
  'user.last_sign_in_method_required': 'last-way-to-sign-in',
  'session.invalid_credentials': 'credentials-wrong',
  'session.verification_blocked_too_many_attempts': 'code-locked',
  'session.verification_session_not_found': 'code-not-found',
  'session.verification_failed': 'code-not-found',
  'session.identifier_not_found': 'code-not-found',
  'verification_record.not_found': 'code-not-found',
  'verification_code.not_found': 'code-not-found',
  'verification_code.code_mismatch': 'code-wrong',
  'session.mfa.invalid_backup_code': 'backup-wrong',
  'session.mfa.invalid_totp_code': 'code-not-of-app',
  'verification_code.expired': 'code-expired',
  'verification_code.exceed_max_try': 'code-tried-too-often',
  'request.message_rate_limited': 'too-many-messages',
  'request.sending_paused': 'sending-paused',
  'request.sign_in_rate_limited': 'too-many-attempts',
  'system.busy': 'unavailable',
  'connector.not_found': 'sending-broken',
  'connector.general': 'sending-failed',
  'connector.invalid_config': 'sending-broken',
  'connector.invalid_response': 'sending-failed',
  'connector.rate_limit_exceeded': 'sending-busy',
  'connector.template_not_found': 'sending-broken',
};

/** Whose problem a message is that could not be sent, where the connector has said it. */
const ofKind: Partial<Record<string, ProblemReason>> = {
  recipient: 'phone-refused',
  limit: 'sending-busy',
  configuration: 'sending-broken',
  unclear: 'sending-failed',
} satisfies Record<FailureKind, ProblemReason>;

/** What is wrong with an address, where a person can see it. Of all else, that it is none. */
const ofAddress: Partial<Record<EmailProblem, ProblemReason>> = {
  at: 'email-incomplete',
  local: 'email-incomplete',
  domain: 'email-incomplete',
  noDot: 'email-incomplete',
  ending: 'email-incomplete',
  ascii: 'email-characters',
  quoted: 'email-characters',
  character: 'email-characters',
  space: 'email-characters',
  control: 'email-characters',
  several: 'email-several',
  ats: 'email-several',
  wrapped: 'email-several',
};

/** What is wrong with a text that is no address. */
export function addressProblem(text: string): FormProblem {
  const read = readEmail(text);
  return new FormProblem((typeof read === 'string' && ofAddress[read]) || 'email-invalid');
}

/** Why no mail can be sent to an address, by what the provider says of it. */
export const refusedAddress = ({ providerMessage }: NonNullable<ApiError['data']>): FormProblem =>
  new FormProblem(takesNoMail(String(providerMessage ?? '')) ? 'email-without-mail' : 'email-refused');

/** Why a human check was not passed, where it was not the answer. */
const ofCheck: Partial<Record<string, ProblemReason>> = { waiting: 'check-waiting', unavailable: 'check-unavailable' };

/** What a page finds wrong with a form by itself. */
export class FormProblem extends Error {
  override readonly name = 'FormProblem';
  readonly problem: Problem;

  constructor(reason: ProblemReason) {
    super(reason);
    this.problem = { reason };
  }
}

/** What a person can do something about, to be said on the page; `undefined` for everything else. */
export function toProblem(error: unknown, { messageRateLimitPolicy }: SignInExperience): Problem | undefined {
  if (error instanceof FormProblem) return error.problem;
  if (!(error instanceof ApiError)) return undefined;
  const { code, data = {} } = error;
  const waitSeconds = data.retryAfterSeconds;
  if (code === 'session.captcha_failed') return { reason: ofCheck[String(data.reason)] ?? 'check-failed', waitSeconds };
  if (code === 'password.rejected') return { reason: 'password-rejected', broken: toBroken(data.issues) };
  if (code === 'session.email_blocklist.email_not_allowed' && data.isDomain)
    return { reason: 'email-domain-not-allowed' };
  if (codeOnItsWay(error) !== undefined) return { reason: 'sending-unclear' };
  const reason = (code.startsWith('connector.') && ofKind[String(data.kind)]) || reasons[code];
  if (reason === undefined) return undefined;
  // The wait between two messages is the one that people meet; the others are far longer.
  const isShortWait = waitSeconds !== undefined && waitSeconds <= messageRateLimitPolicy.resendInterval;
  if (reason === 'too-many-messages' && isShortWait) return { reason: 'resend-too-soon', waitSeconds };
  return { reason, waitSeconds, triesLeft: data.triesLeft as number | undefined };
}

const toBroken = (issues: unknown) =>
  (issues as PasswordIssue[]).map((issue) => ({
    rule: ruleOf(issue),
    limit: issue.interpolation?.min ?? issue.interpolation?.max,
  }));

/** Whether nothing was sent to where it was to go, while it may be sent elsewhere. */
export const isUnsent = ({ reason }: Problem): boolean => unsent.includes(reason);
const unsent: readonly ProblemReason[] = [
  'phone-without-sms',
  'phone-refused',
  'country-not-served',
  'email-without-mail',
  'email-refused',
  'too-many-messages',
  'sending-paused',
  'sending-broken',
  'sending-failed',
  'sending-busy',
];

/** The verification of a code that may arrive although its send failed. */
export function codeOnItsWay(error: unknown): string | undefined {
  const { verificationId } = (error instanceof ApiError && error.data) || {};
  return typeof verificationId === 'string' ? verificationId : undefined;
}

/** Whether an error is a refusal with one of these codes. */
export const isRefusal = (error: unknown, ...codes: ErrorCode[]): error is ApiError =>
  error instanceof ApiError && codes.includes(error.code);
