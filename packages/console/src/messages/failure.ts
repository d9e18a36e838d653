import { maskEmailsIn, maskPhonesIn, saidNoMore } from '@sesame/connector-kit';
import { failureKinds } from './message-search.ts';
import type { Message } from './messages-api.ts';

/** What is known of a failure; the provider's own words are in whatever language it speaks. */
export type Failure = {
  code: string | undefined;
  kind: string | undefined;
  message: string | undefined;
  providerCode: string | undefined;
  providerMessage: string | undefined;
  status: number | undefined;
  retryAfterSeconds: number | undefined;
  issues: { path: string; message: string }[];
};

/** Reads the record of a failure, which may come from any version of any connector. */
export function failureOf({ error }: Pick<Message, 'error'>): Failure {
  const text = (name: string) => (typeof error?.[name] === 'string' ? (error[name] as string) : undefined);
  const number = (name: string) => (typeof error?.[name] === 'number' ? (error[name] as number) : undefined);
  const issues = Array.isArray(error?.issues) ? (error.issues as { path?: unknown; message?: unknown }[]) : [];
  return {
    code: text('code'),
    kind: text('kind'),
    // The title says it, and in the language of the Console.
    message: text('message') === saidNoMore ? undefined : text('message'),
    providerCode: text('providerCode'),
    providerMessage: text('providerMessage'),
    status: number('status'),
    retryAfterSeconds: number('retryAfterSeconds'),
    issues: issues.map(({ path, message }) => ({ path: String(path ?? ''), message: String(message ?? '') })),
  };
}

/** Fields that are at fault in the same way: what is wrong with them, or nothing where the failure says it already. */
export type FieldsAtFault = { paths: string[]; message: string | undefined };

/** Which fields are at fault; what is said of several of them, or of the failure as well, is said once. */
export function fieldsAtFault({ message: said = '', issues }: Pick<Failure, 'message' | 'issues'>): FieldsAtFault[] {
  const alike = Map.groupBy(issues, ({ message }) => message);
  return [...alike].map(([message, fields]) => ({
    paths: fields.map(({ path }) => path),
    message: message === '' || said.startsWith(message) ? undefined : message,
  }));
}

const maskIn = (words: string) => maskPhonesIn(maskEmailsIn(words));

/** A failure without the phone numbers and addresses that its words quote. */
export function maskedFailure(failure: Failure): Failure {
  const { message, providerMessage, issues } = failure;
  return {
    ...failure,
    message: message && maskIn(message),
    providerMessage: providerMessage && maskIn(providerMessage),
    issues: issues.map(({ path, message: words }) => ({ path, message: maskIn(words) })),
  };
}

/** What to do about a message that did not arrive, as a name in the catalogues. */
export type Advice =
  | 'noConnector'
  | 'template'
  | 'recipient'
  | 'limit'
  | 'configuration'
  | 'unclear'
  | 'unsent'
  | 'undelivered'
  | 'unreached'
  | 'suppressed'
  | 'suppressedAddress'
  | 'other';

/** The advice for a message; `undefined` while nothing is wrong with it. */
export function adviceFor(message: Pick<Message, 'state' | 'error'>): Advice | undefined {
  const { code, kind } = failureOf(message);
  if (code === 'connector.not_found') return 'noConnector';
  if (code === 'connector.template_not_found') return 'template';
  if (message.state === 'suppressed') return kind === 'recipient' ? 'suppressedAddress' : 'suppressed';
  if (message.state === 'undelivered') return lateAdvice[kind ?? ''] ?? 'undelivered';
  if (message.state === 'unclear') return 'unclear';
  if (message.state !== 'failed') return undefined;
  if (message.error?.isUnsent === true) return 'unsent';
  return failureKinds.find((each) => each === kind) ?? 'other';
}

/** What to do about what the provider took and then did not deliver, where it says who has to do something. */
const lateAdvice: Readonly<Record<string, Advice>> = {
  // The phone has no part in these.
  configuration: 'configuration',
  limit: 'limit',
  recipient: 'unreached',
};
