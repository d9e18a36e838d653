import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type ConnectionOptions, createSecureContext, getCACertificates } from 'node:tls';
import type { DatabaseUrl } from '../../database-url/database-url.ts';
import { refuse } from '../../database-url/refuse.ts';

/** Without TLS, or how to speak it. */
export type Tls = false | ConnectionOptions;

/**
 * What to try with a server, in this order, as libpq does: TLS, none, or one after the other. pg itself means other
 * things by `sslmode`. @throws DatabaseUrlError for files that cannot be used
 */
export function tlsToTry(url: Pick<DatabaseUrl, 'sslMode' | 'sslRootCert' | 'clientCertificate'>): readonly Tls[] {
  const { sslMode } = url;
  if (sslMode === 'disable') return [false];
  const tls = tlsOptions(url);
  if (sslMode === 'allow') return [false, tls];
  return sslMode === 'prefer' ? [tls, false] : [tls];
}

/**
 * As with libpq, whoever names authorities has the server's certificate checked in every mode; that it is for this very
 * host is checked by `verify-full` alone.
 */
function tlsOptions({ sslMode, sslRootCert, clientCertificate }: Parameters<typeof tlsToTry>[0]): ConnectionOptions {
  const ca = authorities(sslRootCert);
  const own = clientCertificate && {
    cert: readParameter('sslcert', clientCertificate.cert),
    key: readParameter('sslkey', clientCertificate.key),
  };
  try {
    createSecureContext({ ...own });
  } catch {
    refuse('sslcert and sslkey take a certificate and the key of it, both as PEM and without a passphrase.');
  }
  return {
    ...(ca && { ca }),
    ...own,
    rejectUnauthorized: ca !== undefined || sslMode === 'verify-full',
    ...(sslMode !== 'verify-full' && { checkServerIdentity: () => undefined }),
  };
}

/** `undefined`: those that Node.js knows. */
function authorities(sslRootCert: string | undefined): string[] | undefined {
  if (sslRootCert === undefined) return undefined;
  if (sslRootCert === 'system') return [...getCACertificates('default'), ...getCACertificates('system')];
  const pem = readParameter('sslrootcert', sslRootCert);
  try {
    new X509Certificate(pem);
  } catch {
    refuse('sslrootcert takes a file with certificates as PEM.');
  }
  return [pem];
}

function readParameter(name: 'sslrootcert' | 'sslcert' | 'sslkey', file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return refuse(`${name} names ${file}, which cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}
