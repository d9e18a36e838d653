import { type Html, html } from '../html.ts';
import type { Translate } from '../translations/translate.ts';
import type { PasswordHint } from '../view-models/fields.ts';
import type { Form } from '../view-models/page.ts';

/** A field with one line. */
export type Field = {
  name: string;
  label: string;
  value?: string;
  type?: 'text' | 'email';
  /** The keyboard on a phone, where it is not that of the type. */
  keyboard?: 'email' | undefined;
  autocomplete: string;
  hint?: string | Html | undefined;
  problem?: string | undefined;
  hasFocus?: boolean | undefined;
  maxLength?: number;
};

/** A form that posts; what it carries unseen comes first. */
export function form({ action, hidden }: Form, content: Html): Html {
  return html`<form method="post" action="${action}">
        ${Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
        ${content}
      </form>`;
}

/** The button that sends a form. */
export const submit = (text: string): Html => html`<button type="submit" class="primary">${text}</button>`;

/** The button that does without what a page asks for. */
export const skipButton = (t: Translate): Html =>
  html`<button type="submit" class="secondary">${t('second.skip')}</button>`;

/** A text field for what runs from the left in every language: a name, a number, an address. */
export function textField({ type = 'text', keyboard, value = '', maxLength = 128, ...field }: Field): Html {
  const control = html`<input type="${type}" dir="ltr"${keyboard !== undefined && html` inputmode="${keyboard}"`}${value !== '' && html` value="${value}"`} maxlength="${maxLength}" autocapitalize="none" autocorrect="off" spellcheck="false"${common(field)}>`;
  return labelled(field, control);
}

/** A password field; a script makes the button work that shows what is typed. */
export function passwordField(t: Translate, field: Omit<Field, 'type' | 'value' | 'maxLength'>): Html {
  const control = html`<input class="secret" type="password" maxlength="256" autocapitalize="none" autocorrect="off" spellcheck="false"${common(field)}>
          <button type="button" class="peek" hidden aria-controls="${field.name}" aria-label="${t('field.showPassword')}" data-hide="${t('field.hidePassword')}">${eye}</button>`;
  return labelled(field, control);
}

/** The field for a new password, with what the rules ask of it. */
export function newPasswordField(
  t: Translate,
  { minLength, characterTypes }: PasswordHint,
  field: Pick<Field, 'label' | 'problem' | 'hasFocus'>,
): Html {
  const sentences = [
    t('field.newPasswordLength', { count: minLength }),
    ...(characterTypes > 1 ? [t('field.newPasswordTypes', { count: characterTypes })] : []),
    t('field.newPasswordHint'),
  ];
  const hint = t.join(sentences);
  return passwordField(t, { name: 'password', autocomplete: 'new-password', hint, ...field });
}

/** A box to tick. */
export function checkbox(
  name: string,
  { label, hint, isChecked }: { label: string; hint: string; isChecked: boolean },
) {
  return html`<div class="choice">
          <input class="tick" type="checkbox" id="${name}" name="${name}" value="yes" aria-describedby="${name}-hint"${isChecked && html` checked`}>
          <label for="${name}">${label}</label>
          <p class="hint" id="${name}-hint">${hint}</p>
        </div>`;
}

/** Tells password managers whose password the page is about. */
export const knownAs = (name: string | undefined): Html | false =>
  name !== undefined &&
  html`<input type="text" name="knownAs" value="${name}" autocomplete="username" readonly hidden>`;

type Described = Pick<Field, 'name' | 'hint' | 'problem'>;

/** The attributes that tie a control to its label, hint and problem. */
export function common({ name, hint, problem, autocomplete, hasFocus }: Omit<Field, 'label'>): Html {
  const ids = [problem !== undefined && `${name}-problem`, hint !== undefined && `${name}-hint`].filter(Boolean);
  return html` id="${name}" name="${name}" autocomplete="${autocomplete}" required${ids.length > 0 && html` aria-describedby="${ids.join(' ')}"`}${problem !== undefined && html` aria-invalid="true"`}${hasFocus && html` autofocus`}`;
}

/** The words below a control. */
export function notes({ name, hint, problem }: Described): Html {
  return html`${problem !== undefined && html`<p class="problem" id="${name}-problem" role="alert">${problem}</p>`}
        ${hint !== undefined && html`<p class="hint" id="${name}-hint">${hint}</p>`}`;
}

function labelled(field: Described & { label: string }, control: Html): Html {
  return html`<div class="field">
          <div class="box${field.problem !== undefined && ' bad'}">
          <label for="${field.name}">${field.label}</label>
          ${control}
          </div>
        ${notes(field)}
        </div>`;
}

const eye = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12Z"/><circle cx="12" cy="12" r="3"/><path class="strike" d="M4 4l16 16"/></svg>`;
