import { isLoopback } from '@sesame/connector-kit';
import type { SmtpConfig } from './config.ts';
import { createLog } from './log.ts';

const implicitTlsPort = 465;

/**
 * How the server of a configuration is spoken to, as nodemailer takes it. No step takes longer than `timeoutMs`: a person
 * waits for the code.
 * @param secrets what the log shows nowhere
 * @see https://nodemailer.com/smtp/pooled
 */
export function transportOptions(config: SmtpConfig, timeoutMs: number, secrets: readonly string[]) {
  const { host, port, auth, tls, servername, name, localAddress, ignoreTLS, logger, debug } = config;
  const atMost = (milliseconds: number) => Math.min(milliseconds, timeoutMs);
  return {
    host,
    port,
    // On this port nobody speaks before TLS (RFC 8314, section 3.3); without it both sides would wait.
    secure: config.secure || port === implicitTlsPort,
    auth: signInOf(auth),
    requireTLS: needsStartTls(config),
    ignoreTLS,
    tls,
    servername,
    name,
    localAddress,
    connectionTimeout: atMost(config.connectionTimeout),
    greetingTimeout: atMost(config.greetingTimeout),
    socketTimeout: atMost(config.socketTimeout),
    dnsTimeout: atMost(config.dnsTimeout),
    ...((logger || debug) && { logger: createLog(secrets), debug: debug ?? false }),
    pool: true,
    // To begin with: while mails wait there are more.
    maxConnections: 5,
    // After each end of one nodemailer rests for a tenth of a second. Servers that take fewer say so, and the kit asks
    // anew.
    maxMessages: 1000,
    // What is safe to send again is sent again by the kit.
    maxRequeues: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as const;
}

function signInOf(auth: SmtpConfig['auth']) {
  if (auth.user === undefined) return undefined;
  const isLogin = !('serviceClient' in auth || 'refreshToken' in auth || 'accessToken' in auth);
  if (isLogin) return { ...auth, type: 'login' };
  // Of a token without an end nobody knows whether it is good; where another can be got, that one is.
  const isDoubtful = 'refreshToken' in auth && auth.refreshToken && !auth.expires;
  return { ...auth, type: 'OAuth2', ...(isDoubtful && { accessToken: undefined }) };
}

/**
 * Whoever is between us and a server can take STARTTLS out of what it offers, and forms of Logto leave `requireTLS` off
 * where nobody touched it. So a password goes in the clear only to this machine, and where the configuration says so.
 */
const needsStartTls = ({ host, auth, requireTLS, ignoreTLS }: SmtpConfig): boolean =>
  requireTLS === true || (Boolean(auth.user) && !ignoreTLS && !isLoopback(host));
