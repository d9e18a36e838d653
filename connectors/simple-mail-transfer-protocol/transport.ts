import { createTransport, type Transporter } from 'nodemailer';
import type { SmtpConfig } from './config.ts';

/** How many configurations keep their connections; the least recently used one is closed first. */
const maxTransports = 4;

/**
 * Keeps one pool of connections for each configuration, so that a mail does not begin with a handshake.
 * No step may take longer than `timeoutMs`: a person waits for the code.
 */
export function createTransports() {
  const kept = new Map<string, Transporter>();
  return function transportOf(config: SmtpConfig, timeoutMs: number): Transporter {
    const { templates: _, fromEmail: __, replyTo: ___, customHeaders: ____, auth, ...server } = config;
    const hasAuth = 'user' in auth && auth.user !== undefined;
    const type = 'pass' in auth || !hasAuth ? 'login' : (auth.type ?? 'oauth2');
    const options = {
      ...server,
      ...(hasAuth && { auth: { ...auth, type } }),
      connectionTimeout: Math.min(server.connectionTimeout, timeoutMs),
      greetingTimeout: Math.min(server.greetingTimeout, timeoutMs),
      socketTimeout: Math.min(server.socketTimeout, timeoutMs),
      dnsTimeout: Math.min(server.dnsTimeout, timeoutMs),
      pool: true,
      maxConnections: 5,
      maxMessages: 100,
      // A connection that is lost may have carried the mail: it is never queued again.
      maxRequeues: 0,
      disableFileAccess: true,
      disableUrlAccess: true,
    };
    const key = JSON.stringify(options);
    const transport = kept.get(key) ?? createTransport(options as Parameters<typeof createTransport>[0]);
    kept.delete(key);
    kept.set(key, transport);
    for (const [oldest, { close }] of [...kept].slice(0, -maxTransports)) {
      close.call(kept.get(oldest));
      kept.delete(oldest);
    }
    return transport;
  };
}
