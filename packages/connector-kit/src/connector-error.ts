import type { Template, UsageType } from './template.ts';

/** The codes of connector errors; the server answers `connector.<code>`. */
export type ConnectorErrorCode =
  | 'general'
  | 'invalid_config'
  | 'invalid_response'
  | 'rate_limit_exceeded'
  | 'template_not_found';

/**
 * What a failed send means to us.
 * - `recipient`: the number cannot be reached; the user should check it.
 * - `limit`: the provider is limiting (flow control); try again later.
 * - `configuration`: our account, signature or template is at fault; tell the administrator, not the user.
 * - `unclear`: the provider is down or did not say; the message may or may not have been sent.
 */
export type FailureKind = 'recipient' | 'limit' | 'configuration' | 'unclear';

/** What is known of a failure. Nothing secret may be put in here: it reaches administrators and logs. */
export type ConnectorErrorData = {
  kind: FailureKind;
  /** One sentence for the administrator. */
  message: string;
  /** The provider's own code and words. */
  providerCode?: string | undefined;
  providerMessage?: string | undefined;
  /** HTTP status of the provider's answer. */
  status?: number | undefined;
  /** How long the provider asks to wait. Above two seconds nothing is repeated. */
  retryAfterSeconds?: number | undefined;
  /** Set only when the provider provably did not process the request and a repeat may help. */
  retry?: boolean | undefined;
  /** Nothing left this machine, for want of a connection: the message was not sent. */
  isUnsent?: boolean | undefined;
  /** The mailbox is gone for good: nothing is sent there again until an administrator says so. */
  isMailboxGone?: boolean | undefined;
  /** The fields of the configuration that are at fault. */
  issues?: { path: string; message: string }[] | undefined;
};

const codeOfKind = {
  recipient: 'general',
  limit: 'rate_limit_exceeded',
  configuration: 'invalid_config',
  unclear: 'general',
} as const satisfies Record<FailureKind, ConnectorErrorCode>;

/**
 * A send that did not succeed. The code follows from the kind unless told otherwise.
 * @example throw new ConnectorError({ kind: 'recipient', message: 'Not a mobile number', providerCode: '21614' })
 */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
  readonly code: ConnectorErrorCode;
  readonly data: ConnectorErrorData;

  constructor(data: ConnectorErrorData, code: ConnectorErrorCode = codeOfKind[data.kind]) {
    super(data.message);
    this.code = code;
    this.data = data;
  }
}

/** The error for a configuration of which one field is at fault, with what to do about it. */
export function fieldError(path: string, message: string): ConnectorError {
  return new ConnectorError({ kind: 'configuration', message, issues: [{ path, message }] });
}

/**
 * The error for a text that the provider would not take; nothing was sent.
 * @example throw textError(message, 'is 1601 characters long; Acme takes 1600.')
 */
export function textError({ usageType, template }: { usageType: UsageType; template: Template }, problem: string) {
  const locale = template.locale ? ` (${template.locale})` : '';
  return fieldError('templates', `The text for ${usageType}${locale} ${problem}`);
}
