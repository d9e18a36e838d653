const mask = '•••';
const minLength = 4;
const maxRemembered = 200;

/** Makes a function that masks these secrets in a text: as they are, and in the encodings in which they travel. */
export function hiding(secrets: string[]): (text: string) => string {
  const forms = secrets
    .filter((secret) => secret.length >= minLength)
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64'),
      ...[0, 1, 2].map((offset) => withinBase64(secret, offset)),
    ]);
  const longestFirst = [...new Set(forms)].sort((one, other) => other.length - one.length);
  return (text) => longestFirst.reduce((masked, form) => masked.replaceAll(form, mask), text);
}

/**
 * How a secret shows in the base64 of a longer text, as in the credentials of HTTP Basic: without the characters that it
 * shares with what stands before and behind it.
 */
function withinBase64(secret: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const shared = (count: number) => Math.ceil((count * 8) / 6);
  return bytes.toString('base64').slice(shared(offset), Math.floor((bytes.length * 8) / 6));
}

/** Remembers the last secrets that were used, to mask them in what is said at any time. */
export function createMemoryOfSecrets() {
  let secrets: string[] = [];
  return {
    learn(used: string[]): void {
      secrets = [...new Set([...used, ...secrets])].slice(0, maxRemembered);
    },
    hide: (text: string) => hiding(secrets)(text),
  };
}
export type MemoryOfSecrets = ReturnType<typeof createMemoryOfSecrets>;

/** Every text in a value, however deep. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
