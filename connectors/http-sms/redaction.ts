const mask = '•••';

/** Takes secrets out of what an endpoint wrote, since it may echo what it was sent. */
export type Redaction = {
  /** The text with each secret masked, on one line and at most `maxLength` characters long. */
  mask: (text: string, maxLength: number) => string;
  holdsSecret: (text: string) => boolean;
};

/** Knows the Authorization value, its credentials without the scheme, a Basic password, and the code. */
export function redactionOf(authorization: string | undefined, code: unknown): Redaction {
  const secrets = [...secretsOfAuthorization(authorization), ...(code ? [String(code)] : [])].sort(
    (one, other) => other.length - one.length,
  );
  return {
    // Masked before it is cut: half a secret would no longer be found.
    mask: (text, maxLength) =>
      secrets
        .reduce((masked, secret) => masked.replaceAll(secret, mask), text)
        .replace(/[\s\p{Cc}]+/gu, ' ')
        .trim()
        .slice(0, maxLength),
    holdsSecret: (text) => secrets.some((secret) => text.includes(secret)),
  };
}

function secretsOfAuthorization(authorization: string | undefined): string[] {
  if (!authorization) return [];
  const [, scheme, credentials] = /^(\S+)\s+(.+)$/.exec(authorization) ?? [];
  if (!scheme || !credentials) return [authorization];
  if (scheme.toLowerCase() !== 'basic') return [authorization, credentials];
  const pair = Buffer.from(credentials, 'base64').toString('utf8');
  const password = pair.slice(pair.indexOf(':') + 1);
  return [authorization, credentials, pair, password].filter(Boolean);
}
