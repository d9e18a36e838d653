import { type Html, html } from '@sesame/pages';
import type { ConsoleLanguage } from './console-language.ts';

/** Where the pages find their stylesheet. */
export const stylesheetPath = '/console/set-up.css';

/** What a person got wrong, and in which field. */
export type FieldProblem = { field: string; message: string };

/** What a field looks like, and what was wrong with it. */
export type FieldOptions = {
  value?: string;
  hint?: string;
  autocomplete: string;
  problem: FieldProblem | undefined;
  /** Has the focus when nothing is wrong. */
  isFirst?: boolean;
};

/** A field with its label, its hint and what was wrong with it. */
export function field(name: string, label: string, type: string, options: FieldOptions): Html {
  const { value, hint, autocomplete, problem, isFirst = false } = options;
  const message = problem?.field === name ? problem.message : undefined;
  const describedBy = [hint && `${name}-hint`, message && `${name}-problem`].filter(Boolean).join(' ');
  const hasFocus = problem ? message !== undefined : isFirst;
  return html`<div class="field">
          <label for="${name}">${label}</label>
          ${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
          ${message && html`<p class="problem" id="${name}-problem">${message}</p>`}
          <input id="${name}" name="${name}" type="${type}" required maxlength="256" autocomplete="${autocomplete}" autocapitalize="none" spellcheck="false"${value && html` value="${value}"`}${describedBy && html` aria-describedby="${describedBy}"`}${message && html` aria-invalid="true"`}${hasFocus ? html` autofocus` : undefined}>
        </div>`;
}

/** A page without any script. */
export function page(language: ConsoleLanguage, title: string, content: Html): string {
  return html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <title>${title}</title>
    <link rel="stylesheet" href="${stylesheetPath}">
  </head>
  <body>
    <main>
      ${content}
    </main>
  </body>
</html>
`.markup;
}
