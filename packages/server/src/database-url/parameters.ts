import { decoded, refuse } from './refuse.ts';

/** The parameters that are taken. */
export const urlParameters = [
  'host',
  'port',
  'dbname',
  'user',
  'password',
  'target_session_attrs',
  'sslmode',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'schema',
  'options',
  'application_name',
  'connect_timeout',
  'prepared_statements',
] as const;
export type Parameter = (typeof urlParameters)[number];
export type Parameters = Partial<Record<Parameter, string>>;

/** What follows the question mark. @throws DatabaseUrlError, by name, for what is not taken */
export function parametersOf(query: string): Parameters {
  const given: Partial<Record<string, string>> = {};
  for (const part of query.split('&').filter(Boolean)) {
    const [, name = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(part) ?? [];
    const isTaken = (urlParameters as readonly string[]).includes(name);
    if (!isTaken) refuse(`The parameter ${shown(name)} is not taken; these are: ${urlParameters.join(', ')}.`);
    if (name in given) refuse(`The parameter ${name} is there twice.`);
    if (!value) refuse(`The parameter ${name} is empty; leave it out.`);
    given[name] = decoded(value ?? '', `The parameter ${name}`);
  }
  return given;
}

/** A password may hold a question mark that nobody encoded: what cannot be a name is not shown. */
const shown = (name: string) => (/^[a-z][\w.-]{0,63}$/i.test(name) ? name : 'after the question mark');

/** The value, if it is one of these. @throws DatabaseUrlError */
export function oneOf<const T extends string>(
  name: Parameter,
  values: readonly T[],
  value: string | undefined,
): T | undefined {
  if (value === undefined || (values as readonly string[]).includes(value)) return value as T | undefined;
  return refuse(`${name} takes ${values.slice(0, -1).join(', ')} or ${values.at(-1)}.`);
}

/** @throws DatabaseUrlError */
export function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return /^\d{1,5}$/.test(text) ? Number(text) : refuse('connect_timeout takes whole seconds; 0 waits for ever.');
}

/**
 * The settings of `-c name=value`, `-cname=value` and `--name=value`, as the server reads them: a backslash takes the
 * next character as it is. @throws DatabaseUrlError
 */
export function sessionSettingsOf(options: string | undefined): Record<string, string> {
  const words = (options?.match(/(?:\\.|[^\s\\])+/gs) ?? []).map((word) => word.replace(/\\(.)/gs, '$1'));
  // The name may be a word of its own.
  const joined = words.join('\0').replace(/(^|\0)-c\0/g, '$1-c');
  const pairs = joined.split('\0').filter(Boolean).map(settingOf);
  return Object.fromEntries(pairs);
}

function settingOf(word: string): [string, string] {
  const [, name = '', value = ''] =
    /^(?:-c|--)([\w.-]+)=(.*)$/s.exec(word) ?? refuse('options takes settings as -c name=value, and nothing else.');
  return [name.replaceAll('-', '_').toLowerCase(), value];
}
