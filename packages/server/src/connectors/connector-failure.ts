import { ConnectorError, type ConnectorErrorData } from '@sesame/connector-kit';
import { ApiError } from '../errors.ts';

/** What is known of a failed send, whatever the connector threw. */
export function failureOf(error: unknown): ConnectorError {
  if (error instanceof ConnectorError) return error;
  const message = 'The connector failed in a way it should not; the message may or may not have been sent.';
  return new ConnectorError({ kind: 'unclear', message });
}

/** Whether a message may be out although its send failed: by what the connector threw, or the reply for that. */
export function mayBeOut({ data }: ConnectorError | ApiError): boolean {
  const { kind, isUnsent } = (data ?? {}) as Partial<ConnectorErrorData>;
  return kind === 'unclear' && !isUnsent;
}

/** The reply for a failed send: a refusal keeps the status of its code, an outage of the provider is a 502. */
export function apiErrorOf({ code, data }: ConnectorError): ApiError {
  const { retry: _, isMailboxGone: __, ...shown } = data satisfies ConnectorErrorData;
  return new ApiError(`connector.${code}`, shown, data.kind === 'unclear' ? 502 : undefined);
}
