import { type Country, countriesIn } from '../countries.ts';
import { type Html, html } from '../html.ts';
import { directionOf } from '../language.ts';
import type { Translate } from '../translations/translate.ts';
import type { PhoneField } from '../view-models/fields.ts';
import { common, notes } from './fields.ts';

/** What a phone field is drawn with. */
export type PhoneFieldParts = {
  language: string;
  phone: PhoneField;
  problem?: string | undefined;
  hasFocus?: boolean;
};

/** A country and a number. A script makes the list of countries searchable, and follows a plus that is typed. */
export function phoneField(t: Translate, { language, phone, problem, hasFocus = true }: PhoneFieldParts): Html {
  const field = { name: 'phone', autocomplete: 'tel', problem, hasFocus };
  const isOffered = ({ id }: Country) =>
    phone.offers === undefined || phone.offers(id) || (id === phone.country && phone.number !== '');
  const options = countriesIn(language)
    .filter(isOffered)
    .map((country) => optionOf(country, { language, isSelected: country.id === phone.country }));
  return html`<div class="field phone" data-search="${t('field.searchCountry')}" data-none="${t('field.noCountry')}">
          <div class="box country">
            <label for="country" id="country-label">${t('field.country')}</label>
            <select id="country" name="country">${options}</select>
          </div>
          <div class="box${problem !== undefined && ' bad'}">
            <label for="phone">${t('field.phone')}</label>
            <input type="tel" inputmode="tel" dir="ltr" value="${phone.number}" maxlength="64"${common(field)}>
          </div>
          ${notes(field)}
        </div>`;
}

/** Drawn once in each language: they are nearly all of a page. */
const drawn = new WeakMap<Country, Html>();

type Option = { language: string; isSelected: boolean };

function optionOf(country: Country, { language, isSelected }: Option): Html {
  if (isSelected) return draw(country, { language, isSelected });
  const option = drawn.get(country) ?? draw(country, { language, isSelected });
  drawn.set(country, option);
  return option;
}

function draw({ id, name, callingCode, isMain }: Country, { language, isSelected }: Option): Html {
  const code = directionOf(language) === 'rtl' ? `\u2066+${callingCode}\u2069` : `+${callingCode}`;
  return html`<option value="${id}" data-code="${callingCode}"${isMain && html` data-main`}${isSelected && html` selected`}>${name} ${code}</option>`;
}
