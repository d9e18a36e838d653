import { oneOf, type Parameters, parametersOf, secondsOf, sessionSettingsOf } from './parameters.ts';
import { decoded, refuse } from './refuse.ts';
import { type DatabaseServer, serversNamed, serversOf } from './servers.ts';

/** What a PostgreSQL connection URL says (libpq's "Connection URIs"); what it leaves out is absent. */
export type DatabaseUrl = {
  user: string | undefined;
  password: string | undefined;
  database: string | undefined;
  /** In the order to try them; a host that starts with a slash is the folder of a Unix socket. */
  servers: readonly DatabaseServer[];
  targetSessionAttrs: (typeof targetSessionAttrs)[number];
  sslMode: SslMode;
  /** A file, or `system`: the certificate authorities of this machine and of Node.js. */
  sslRootCert: string | undefined;
  /** The files of a certificate to show to the server. */
  clientCertificate: { cert: string; key: string } | undefined;
  schema: string | undefined;
  applicationName: string | undefined;
  /** 0: as long as it takes. */
  connectTimeoutSeconds: number | undefined;
  /** Of the session, by name: what `options=-c name=value` says. */
  sessionSettings: Readonly<Record<string, string>>;
  /** Whether sessions prepare statements by name; by default where a session is ours alone. */
  preparedStatements: boolean | undefined;
};

export type SslMode = (typeof sslModes)[number];

const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
/** Sesame writes, so that the other values of libpq would connect it to what it cannot use. */
const targetSessionAttrs = ['any', 'read-write', 'primary'] as const;

const url = /^postgres(?:ql)?:\/\/(?:([^/?]*)@)?([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/s;

/** @throws DatabaseUrlError */
export function parseDatabaseUrl(text: string): DatabaseUrl {
  const [, credentials = '', hosts = '', path = '', query = ''] =
    url.exec(text) ?? refuse('It is not a URL of that kind.');
  const given = parametersOf(query);
  if (/[/@]/.test(path)) refuse('In a password or a database name, a slash is written %2F and an at sign %40.');
  const [, user = '', password] = /^([^:]*)(?::(.*))?$/s.exec(credentials) ?? [];
  const sslRootCert = given.sslrootcert;
  return {
    user: given.user ?? (decoded(user, 'The user') || undefined),
    password: given.password ?? (decoded(password ?? '', 'The password') || undefined),
    database: given.dbname ?? (decoded(path, 'The database name') || undefined),
    servers: given.host === undefined ? serversOf(hosts, given.port) : serversNamed(given.host, given.port),
    targetSessionAttrs: oneOf('target_session_attrs', targetSessionAttrs, given.target_session_attrs) ?? 'any',
    sslMode: checkedSslMode(oneOf('sslmode', sslModes, given.sslmode), sslRootCert),
    sslRootCert,
    clientCertificate: clientCertificateOf(given),
    schema: given.schema,
    applicationName: given.application_name,
    connectTimeoutSeconds: secondsOf(given.connect_timeout),
    sessionSettings: sessionSettingsOf(given.options),
    preparedStatements: preparedStatementsOf(given.prepared_statements),
  };
}

function preparedStatementsOf(given: string | undefined): boolean | undefined {
  const value = oneOf('prepared_statements', ['true', 'false'], given);
  return value && value === 'true';
}

function checkedSslMode(given: SslMode | undefined, rootCert: string | undefined): SslMode {
  const mode = given ?? (rootCert === 'system' ? 'verify-full' : 'prefer');
  if (rootCert === 'system' && mode !== 'verify-full') refuse('sslrootcert=system goes with sslmode=verify-full only.');
  if (mode === 'verify-ca' && rootCert === undefined) {
    refuse('sslmode=verify-ca needs sslrootcert: anybody can get a certificate of a public authority.');
  }
  return mode;
}

function clientCertificateOf({ sslcert: cert, sslkey: key }: Parameters) {
  if (cert !== undefined && key !== undefined) return { cert, key };
  return cert === key ? undefined : refuse('sslcert and sslkey go together.');
}
