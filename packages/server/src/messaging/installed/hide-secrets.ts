const mask = '•••';
const minLength = 4;
const maxRemembered = 200;

/**
 * Makes a function that masks these secrets in a text: as they are, and in the encodings in which they travel; `names`
 * are what may stand before a secret in the credentials of HTTP Basic.
 */
export function hiding(secrets: string[], names: string[] = []): (text: string) => string {
  const forms = secrets
    .filter((secret) => secret.length >= minLength)
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      ...['', ...names.map((name) => `${name}:`)].map((before) => base64(before + secret)),
      // Without its padding, the encoding of a token alone is also how that of "token:" begins.
      base64(secret).replace(/=+$/, ''),
    ]);
  const longestFirst = [...new Set(forms)].sort((one, other) => other.length - one.length);
  return (text) => longestFirst.reduce((masked, form) => masked.replaceAll(form, mask), text);
}

/** Remembers the last secrets that were used, to mask them in what is said at any time. */
export function createMemoryOfSecrets() {
  let secrets: string[] = [];
  let names: string[] = [];
  return {
    learn(used: { secrets: string[]; names: string[] }): void {
      secrets = [...new Set([...used.secrets, ...secrets])].slice(0, maxRemembered);
      names = used.names;
    },
    hide: (text: string) => hiding(secrets, names)(text),
  };
}
export type MemoryOfSecrets = ReturnType<typeof createMemoryOfSecrets>;

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Every text in a value, however deep. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
