import { type Html, html } from '../html.ts';
import type { Translate } from '../translations/translate.ts';
import { common, notes } from './fields.ts';

/** One field, drawn as cells. It takes more than the digits, so that the whole message can be pasted. */
export function codeField(
  t: Translate,
  { length, value, problem }: { length: number; value?: string | undefined; problem: string | undefined },
): Html {
  const field = { name: 'code', autocomplete: 'one-time-code', problem, hasFocus: true };
  const cells = Array.from({ length }, () => html`<span class="cell"></span>`);
  return html`<div class="field">
          <label class="above" for="code">${t('code.label')}</label>
          <div dir="ltr" class="code${problem !== undefined && ' bad'}" data-length="${length}">
            <div class="cells" aria-hidden="true">${cells}</div>
            <input class="digits" type="text" inputmode="numeric"${value !== undefined && html` value="${value}"`} maxlength="1000" spellcheck="false"${common(field)}>
          </div>
          ${notes(field)}
        </div>`;
}
