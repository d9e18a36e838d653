/** What is written to a socket: a whole request. The bodies are ASCII. */
export function toRequest(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: object | string,
): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${method} ${path} HTTP/1.1\r\n${lines.join('')}`;
  if (body === undefined) return `${head}\r\n`;
  const [type, text] =
    typeof body === 'string' ? ['application/x-www-form-urlencoded', body] : ['application/json', JSON.stringify(body)];
  return `${head}content-type: ${type}\r\ncontent-length: ${text.length}\r\n\r\n${text}`;
}

/** Whether a response has arrived to its end (RFC 9112, section 6.3). */
export function isWhole(response: string): boolean {
  const headEnd = response.indexOf('\r\n\r\n');
  if (headEnd < 0) return false;
  if (response.startsWith('204', 9)) return true;
  const length = /\r\ncontent-length: *(\d+)/i.exec(response)?.[1];
  if (length !== undefined) return response.length >= headEnd + 4 + Number(length);
  return response.endsWith('\r\n0\r\n\r\n');
}

/** The body of a response that was sent whole, not in chunks. */
export const bodyOf = (response: string): string => response.slice(response.indexOf('\r\n\r\n') + 4);

/** Where a response leads. */
export const locationOf = (response: string): string => /\r\nlocation: *([^\r]+)/i.exec(response)?.[1] ?? '';

/** The cookies that a response sets, as `name=value`. */
export const cookiesOf = (response: string): string[] =>
  [...response.matchAll(/\r\nset-cookie: *([^;\r]+)/gi)].map(([, pair = '']) => pair);
