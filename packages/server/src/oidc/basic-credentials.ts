const basic = /^basic ([A-Za-z0-9+/]+={0,2})$/i;

/**
 * RFC 6749, 2.3.1, has clients form-encode the id and the secret before they become HTTP Basic. Standard clients do;
 * `curl -u` and many others send both as they are. oidc-provider would decode either, so it is handed the secret as it
 * was sent, percent-encoded once more than it decodes; `readingsOf` makes of that what the client may have meant.
 * @returns the header for oidc-provider; anything but HTTP Basic as it is
 */
export function keepAsSent(authorization: string): string {
  const [, base64] = basic.exec(authorization) ?? [];
  const sent = Buffer.from(base64 ?? '', 'base64').toString('utf8');
  const colon = sent.indexOf(':');
  if (colon === -1) return authorization;
  // No id has a character that would read differently without the encoding.
  const id = encodeURIComponent(formDecoded(sent.slice(0, colon)));
  const secret = encodeURIComponent(encodeURIComponent(sent.slice(colon + 1)));
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

/** The secrets that a secret from HTTP Basic can stand for: the one that was sent, and the one it is the encoding of. */
export function readingsOf(kept: string): [string, string] {
  const sent = decodeURIComponent(kept);
  return [sent, formDecoded(sent)];
}

/** What `application/x-www-form-urlencoded` stands for; a text that it cannot be stands for itself. */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
