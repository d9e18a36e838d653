/** How each gets another value. */
const remedies = {
  SESAME_SECRET_KEY: 'The data gets another one by npx sesame change-key; docs/operations.md says how.',
  SESAME_MANAGEMENT_CLIENT_SECRET: 'Make another one: openssl rand -hex 32',
};
type Secrets = { [Name in keyof typeof remedies]: string | undefined };

const ofThisMachine = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;
/** What guides have in place of a secret. */
const placeholder = /^<.*>$|change.?(me|this)/i;

/**
 * What leaves people open once others than this machine reach Sesame. It stops no start: a server that is in use would
 * be gone after an update.
 * @returns a sentence for each, without its value
 */
export function warnOfWeak(publicUrl: string, secrets: Secrets): string[] {
  const { protocol, hostname } = new URL(publicUrl);
  if (ofThisMachine.test(hostname)) return [];
  const names = Object.keys(remedies) as (keyof Secrets)[];
  return [
    ...(protocol === 'http:'
      ? ['SESAME_PUBLIC_URL is plain http: whoever is on the way reads codes, passwords and cookies. Use https.']
      : []),
    ...names
      .filter((name) => isGuessable(secrets[name] ?? ''))
      .map((name) => `${name} is easy to guess. ${remedies[name]}`),
  ];
}

/** Whether a secret was copied from a guide, or is a shorter text over and over. */
function isGuessable(secret: string): boolean {
  const lengths = Array.from({ length: Math.floor(secret.length / 2) }, (_, index) => index + 1);
  return placeholder.test(secret) || lengths.some((length) => secret.startsWith(secret.slice(length)));
}
