import type { SmtpConfig } from './config.ts';

const open = new Set(['user', 'type', 'accessUrl']);
const ofTls = ['key', 'passphrase'] as const;

/** What of a configuration must show nowhere: as it is, and as it goes over the wire. */
export function secretsOf({ auth, tls = {} }: Pick<SmtpConfig, 'auth' | 'tls'>): string[] {
  const secrets = Object.entries(auth).flatMap(([key, value]) => (open.has(key) ? [] : textsIn(value)));
  const user = auth.user ?? '';
  const sent = secrets.flatMap((secret) => [
    secret,
    `\0${user}\0${secret}`,
    `user=${user}\x01auth=Bearer ${secret}\x01\x01`,
  ]);
  const ofKeys = ofTls.flatMap((key) => textsIn(tls[key]));
  return [...secrets, ...ofKeys, ...sent.map((text) => Buffer.from(text).toString('base64'))];
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
