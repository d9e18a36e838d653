const mark = '[hidden]';

/**
 * Words of a provider without the secrets that they may quote, and cut to a length: half a secret would not be found any
 * more, so they are hidden first, the longest before those that it may hold. What is no text or number is passed over.
 * @example hideSecrets(reply.text, [config.apiKey, message.text, message.variables.code])
 */
export function hideSecrets(words: string, secrets: readonly unknown[], maxLength = 500): string {
  return secrets
    .filter((secret) => (typeof secret === 'string' && secret !== '') || typeof secret === 'number')
    .map(String)
    .sort((one, other) => other.length - one.length)
    .reduce((kept, secret) => kept.replaceAll(secret, mark), words)
    .slice(0, maxLength);
}
