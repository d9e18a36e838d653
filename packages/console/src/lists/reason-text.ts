import type { TFunction } from 'i18next';
import type { paths } from '../api/schema.d.ts';
import { formatTime } from '../shell/format-time.ts';
import { countryName } from './countries.ts';

type Decision = paths['/api/protection/decisions']['get']['responses'][200]['content']['application/json'][number];

const rules = ['country-not-served', 'never', 'closed', 'unverified', 'failed-checks', 'cap'] as const;
const kinds = ['number', 'known', 'block', 'network', 'device', 'signed-in'] as const;

/** Why a send did not go, with the figures behind it, in a sentence. A rule that is not known is named as it is. */
export function reasonText(t: TFunction, reason: Decision['reasons'][number], language: string): string {
  const rule = rules.find((each) => each === reason.rule);
  if (!rule) return [reason.rule, reason.scope].join(' ');
  const sentence = t(`protection.rule.${rule}`, { scope: scopeText(t, reason.scope, language) });
  const { value, limit } = reason;
  if (value === null || value === undefined || limit === null || limit === undefined) return sentence;
  if (rule === 'closed') return t('protection.rule.until', { sentence, time: formatTime(limit, language) });
  return t('protection.rule.withFigures', { sentence, ...figuresIn(reason.scope, value, limit, language) });
}

/**
 * Budgets leak all the time, and their fractions say nothing to people: what one of them is full of is rounded up, and what
 * it takes down. Money is as it is.
 */
function figuresIn(scope: string, value: number, limit: number, language: string): { value: string; limit: string } {
  const [isMoney, currency] = /^cap:.*\/cost(?:\/([A-Z]{3}))?$/.exec(scope) ?? [];
  const { format } = new Intl.NumberFormat(language, {
    ...(isMoney &&
      (currency ? { style: 'currency', currency, maximumFractionDigits: 3 } : { minimumFractionDigits: 2 })),
  });
  if (isMoney) return { value: format(value), limit: format(limit) };
  return { value: format(Math.ceil(value)), limit: format(Math.floor(limit)) };
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
