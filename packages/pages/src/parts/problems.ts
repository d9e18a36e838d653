import { type Html, html } from '../html.ts';
import { en } from '../translations/en.ts';
import type { Translate } from '../translations/translate.ts';
import type { Problem, ProblemReason } from '../view-models/problem.ts';

/** The fields that pages have. */
export type FieldName = 'phone' | 'identifier' | 'username' | 'password' | 'code' | 'backup' | 'agree';

/** A problem in words, and where it stands. */
export type PlacedProblem = {
  /** The text at this field. */
  at: (field: FieldName) => string | undefined;
  /** The text above the form, where it is about no field of the page. */
  alert: Html | undefined;
};

/** Puts a problem at the field that it is about, if the page has that field. */
export function placeProblem(t: Translate, problem: Problem | undefined, fields: readonly FieldName[]): PlacedProblem {
  if (!problem) return { at: () => undefined, alert: undefined };
  const text = problemText(t, problem);
  const candidates = fieldsOf(problem);
  const place = fields.find((field) => candidates.includes(field));
  return {
    at: (field) => (field === place ? text : undefined),
    alert: place === undefined ? html`<p class="alert" role="alert">${text}</p>` : undefined,
  };
}

/** The sentences about a problem. */
export function problemText(t: Translate, { reason, triesLeft, waitSeconds, broken = [] }: Problem): string {
  const rules = broken.map(({ rule, limit }) => t(`problem.password.${rule}`, { limit: limit ?? '' }));
  const sentences = rules.length > 0 ? rules : [t(`problem.${reason}`)];
  if (triesLeft !== undefined) sentences.push(t.count('problem.triesLeft', triesLeft));
  if (reason === 'sending-busy' && waitSeconds === undefined) sentences.push(t('problem.waitLittle'));
  if (waitSeconds !== undefined) sentences.push(t('problem.waitThen', { wait: t.wait(waitSeconds) }));
  return t.join(sentences);
}

function fieldsOf({ reason }: Problem): readonly FieldName[] {
  if (reason === 'credentials-wrong') return ['password'];
  const [subject] = reason.split('-');
  if (subject === 'phone' || subject === 'email') return ['phone', 'identifier'];
  return [subject as FieldName];
}

/** Whether there are words for it. */
export const isProblemReason = (text: string): text is ProblemReason => Object.hasOwn(en, `problem.${text}`);
