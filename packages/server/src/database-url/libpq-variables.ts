import { type Parameter, parametersOf } from './parameters.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Variables of PostgreSQL's own programs by the parameters that they stand for; pg itself reads those of who and where. */
const parameters = {
  PGSSLMODE: 'sslmode',
  PGSSLROOTCERT: 'sslrootcert',
  PGSSLCERT: 'sslcert',
  PGSSLKEY: 'sslkey',
  PGTARGETSESSIONATTRS: 'target_session_attrs',
  PGCONNECT_TIMEOUT: 'connect_timeout',
} as const satisfies Record<string, Parameter>;

/** Those that would lead elsewhere, or refuse what is taken. */
const unread = [
  'PGSERVICE',
  'PGHOSTADDR',
  'PGCHANNELBINDING',
  'PGREQUIRESSL',
  'PGREQUIREAUTH',
  'PGREQUIREPEER',
  'PGSSLCRL',
];

/** The URL, with what the variables say where it says nothing, as libpq takes them. @throws DatabaseUrlError */
export function withVariables(url: string, variables: Variables): string {
  const start = url.indexOf('?');
  const given = start < 0 ? {} : parametersOf(url.slice(start + 1));
  const added = Object.entries(parameters).flatMap(([name, parameter]) =>
    variables[name] && !(parameter in given) ? `${parameter}=${encodeURIComponent(variables[name])}` : [],
  );
  return [url, ...added].reduce((whole, part) => `${whole}${whole.includes('?') ? '&' : '?'}${part}`);
}

/** @returns one sentence for all of them */
export function warnOfUnread(variables: Variables): string[] {
  const names = unread.filter((name) => variables[name]);
  if (names.length === 0) return [];
  return [`${names.join(', ')} ${names.length > 1 ? 'are' : 'is'} for PostgreSQL’s own programs; Sesame goes without.`];
}
