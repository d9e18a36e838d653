import type { Thrown } from './thread/protocol.ts';

/** These arise only before there is a connection. */
const notConnected = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;
const broken = /^(ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|UND_ERR_[A-Z_]+)$/;
const notSecure = /^(?!ERR_SSL)[A-Z_]*(CERT|SIGNATURE)[A-Z_]*$/;

/**
 * One sentence for an error of the network that a connector let through, as Node and its HTTP clients name them;
 * `undefined` for any other error.
 * @see https://nodejs.org/api/errors.html#common-system-errors
 */
export function describeNetworkFailure({ name, code = '', message }: Thrown): string | undefined {
  const words = message.includes(code) ? message : code;
  if (notConnected.test(code)) return `No connection to the provider: ${words}.`;
  if (notSecure.test(code)) return `No secure connection to the provider (${code}); nothing was sent.`;
  const isLate = name === 'TimeoutError' || code === 'ETIMEDOUT';
  if (isLate) return 'The provider did not answer in time; the message may or may not have been sent.';
  return broken.test(code)
    ? `The connection to the provider broke (${code}); the message may or may not have been sent.`
    : undefined;
}
