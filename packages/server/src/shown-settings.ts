import { ofKubernetes } from './kubernetes-variables.ts';
import { type Setting, type SettingName, settings } from './settings.ts';
import { meantBy } from './variable-text.ts';

/** A setting as administrators see it: what it is, but no secret. Where nothing holds, its value is `null`. */
export type ShownSetting = {
  name: SettingName;
  about: string;
  /** The text that holds; `null` for a secret and for nothing. */
  value: string | null;
  isSecret: boolean;
  /** `alias`: another variable that is read in its place. */
  source: 'set' | 'alias' | 'default';
  /** What holds by default, in words, where it is no fixed text. */
  defaultWords: string | null;
};

/** Every setting with where its value came from. Those that hold secrets tell only whether they are set. */
export function showSettings(variables: Readonly<Record<string, string | undefined>>): ShownSetting[] {
  const foreign = ofKubernetes(variables);
  const own = (name: string) => (foreign.includes(name) ? undefined : meantBy(variables[name] ?? '')) || undefined;
  return Object.entries<Setting<unknown>>(settings).map(([name, setting]) => {
    const { about, alias, defaultText, defaultWords, isSecret = false } = setting;
    const given = own(name);
    const other = given === undefined && alias !== undefined ? own(alias) : undefined;
    const text = given ?? other;
    return {
      name: name as SettingName,
      about,
      value: isSecret ? null : text === undefined ? (defaultText ?? null) : withoutCredentials(text),
      isSecret,
      source: given !== undefined ? 'set' : other !== undefined ? 'alias' : 'default',
      defaultWords: defaultWords ?? null,
    };
  });
}

/** A URL without user, password and parameters, which may hold both. A password may hold an @ as it is. */
function withoutCredentials(text: string): string {
  const [, scheme, rest = ''] = /^([a-z][a-z+.-]*:\/\/)(.*)$/is.exec(text) ?? [];
  return scheme === undefined ? text : scheme + rest.replace(/[?#].*$/s, '').replace(/^.*@/s, '');
}
