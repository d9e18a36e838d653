import { type Html, html } from '@sesame/pages';
import type { ConsoleLanguage } from './console-language.ts';

/** Where the pages find their stylesheet, and the script of those with something to copy. */
export const stylesheetPath = '/console/set-up.css';
export const scriptPath = '/console/set-up.js';

/** What a person got wrong, and in which field. */
export type FieldProblem = { field: string; message: string };

/** What a field looks like, and what was wrong with it. */
export type FieldOptions = {
  value?: string;
  hint?: string;
  autocomplete: string;
  /** What is wrong with the form; the first field at fault has the focus. */
  problems: readonly FieldProblem[];
  /** Has the focus when nothing is wrong. */
  isFirst?: boolean;
};

/** A field with its label, its hint and what was wrong with it. */
export function field(name: string, label: string, type: string, options: FieldOptions): Html {
  const { value, hint, autocomplete, problems, isFirst = false } = options;
  const message = problems.find((problem) => problem.field === name)?.message;
  const describedBy = [hint && `${name}-hint`, message && `${name}-problem`].filter(Boolean).join(' ');
  const [first] = problems;
  const hasFocus = first ? first.field === name : isFirst;
  return html`<div class="field">
          <label for="${name}">${label}</label>
          ${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
          ${message && html`<p class="problem" id="${name}-problem">${message}</p>`}
          <input id="${name}" name="${name}" type="${type}" required maxlength="256" autocomplete="${autocomplete}" autocapitalize="none" spellcheck="false"${value && html` value="${value}"`}${describedBy && html` aria-describedby="${describedBy}"`}${message && html` aria-invalid="true"`}${hasFocus ? html` autofocus` : undefined}>
        </div>`;
}

/** A text to copy; the button is there where a script can do that. */
export function copyable(id: string, text: string, names: { copy: string; copied: string }, isBlock = false): Html {
  const code = html`<code id="${id}">${text}</code>`;
  return html`${isBlock ? html`<pre>${code}</pre>` : code}
          <button type="button" class="copy" hidden data-of="${id}" data-copied="${names.copied}">${names.copy}</button>
          <span class="unseen" role="status"></span>`;
}

/** A page; only those with something to copy have a script. */
export function page(language: ConsoleLanguage, title: string, content: Html, hasScript = false): string {
  return html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <title>${title}</title>
    <link rel="stylesheet" href="${stylesheetPath}">
    ${hasScript && html`<script src="${scriptPath}" defer></script>`}
  </head>
  <body>
    <main>
      ${content}
    </main>
  </body>
</html>
`.markup;
}
