import { schemeMissing } from '@sesame/connector-kit';
import type { ApplicationType } from '../store/tables/applications.ts';

/** Hosts of the machine that the browser runs on. */
const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);
/** Schemes that run a script, show a document, or lead to no application. */
const refusedSchemes = new Set([
  ...['javascript:', 'vbscript:', 'data:', 'blob:', 'file:', 'about:', 'view-source:'],
  ...['ftp:', 'ws:', 'wss:', 'mailto:', 'tel:', 'sms:'],
]);

/**
 * Says what is wrong with a redirect URI, or nothing. They are compared character by character, so wildcards have no
 * place. Native applications may use a scheme of their own (RFC 8252).
 */
export function redirectUriProblem(uri: string, type: ApplicationType): string | undefined {
  if (type === 'MachineToMachine') return 'A machine-to-machine application signs nobody in: leave it out.';
  const missing = schemeMissing(uri, type === 'Native' ? { orElse: ', or the scheme of the application' } : {});
  if (missing) return missing;
  const url = URL.parse(uri);
  if (!url || /[\s\p{Cc}\\]/u.test(uri)) return 'Give an absolute URI, for example https://app.example.com/callback.';
  if (uri.includes('#')) return 'Leave out the part from # on.';
  if (uri.includes('*')) return 'Wildcards are not supported: give each URI in full.';
  if (url.username || url.password) return 'Leave out the user name and the password.';
  return schemeProblem(url, type);
}

function schemeProblem({ protocol, hostname }: URL, type: ApplicationType): string | undefined {
  const isLoopback = loopbackHosts.has(hostname);
  if (protocol === 'http:') return isLoopback ? undefined : 'Use https; http is only for localhost.';
  if (type !== 'Native') return protocol === 'https:' ? undefined : `Use https in place of ${protocol.slice(0, -1)}.`;
  if (protocol === 'https:' && isLoopback) return 'Use http for localhost.';
  return refusedSchemes.has(protocol) ? 'Use https, or a scheme that belongs to the application.' : undefined;
}
