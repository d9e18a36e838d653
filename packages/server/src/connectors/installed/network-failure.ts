import type { ConnectorErrorData } from '@sesame/connector-kit';
import type { Thrown } from './thread/protocol.ts';

/** These arise only before there is a connection. */
const notConnected = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;
const broken = /^(ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|UND_ERR_[A-Z_]+)$/;
const notSecure = /^(?!ERR_SSL)[A-Z_]*(CERT|SIGNATURE)[A-Z_]*$/;

type NetworkFailure = Pick<ConnectorErrorData, 'message' | 'isUnsent'>;

/**
 * What an error of the network means that a connector let through, as Node and its HTTP clients name them; `undefined`
 * for any other error.
 * @see https://nodejs.org/api/errors.html#common-system-errors
 */
export function describeNetworkFailure({ name, code = '', message }: Thrown): NetworkFailure | undefined {
  const words = message.includes(code) ? message : code;
  if (notConnected.test(code)) {
    return { message: `No connection to the provider: ${words}; nothing was sent.`, isUnsent: true };
  }
  if (notSecure.test(code)) {
    return { message: `No secure connection to the provider (${code}); nothing was sent.`, isUnsent: true };
  }
  const isLate = name === 'TimeoutError' || code === 'ETIMEDOUT';
  if (isLate) return { message: 'The provider did not answer in time; the message may or may not have been sent.' };
  if (!broken.test(code)) return undefined;
  return { message: `The connection to the provider broke (${code}); the message may or may not have been sent.` };
}
