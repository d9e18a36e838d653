import type { TFunction } from 'i18next';
import type { paths } from '../api/schema.d.ts';
import { countryName } from './countries.ts';

type Decision = paths['/api/protection/decisions']['get']['responses'][200]['content']['application/json'][number];

const rules = ['country-not-served', 'never', 'closed', 'unverified', 'failed-checks', 'cap'] as const;
const kinds = ['number', 'known', 'block', 'network', 'device'] as const;

/** Why a send did not go, with the figures behind it, in a sentence. A rule that is not known is named as it is. */
export function reasonText(t: TFunction, reason: Decision['reasons'][number], language: string): string {
  const rule = rules.find((each) => each === reason.rule);
  if (!rule) return [reason.rule, reason.scope].join(' ');
  // Budgets leak all the time: their fractions say nothing to people.
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const sentence = t(`protection.rule.${rule}`, { scope: scopeText(t, reason.scope, language) });
  const { value, limit } = reason;
  if (value === null || value === undefined || limit === null || limit === undefined) return sentence;
  return t('protection.rule.withFigures', { sentence, value: number.format(value), limit: number.format(limit) });
}

/** What a budget or a cap is about. */
function scopeText(t: TFunction, scope: string, language: string): string {
  const [kind = '', ...rest] = scope.split(':');
  const name = rest.join(':');
  if (kind === 'country') return name === 'none' ? t('lists.noCountry') : countryName(name, language);
  if (kind === 'cap') {
    const [period = 'day', country = 'all'] = name.split('/');
    const of = country === 'all' ? t('protection.caps.allCountries') : countryName(country, language);
    return `${t(`protection.caps.in.${period as 'day'}`)} · ${of}`;
  }
  const known = kinds.find((each) => each === kind);
  if (!known) return scope;
  // Numbers are masked everywhere here.
  return t(`protection.scope.${known}`, { name });
}
