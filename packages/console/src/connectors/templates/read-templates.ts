import type { FormItem } from '@sesame/connector-kit';
import { findJsonProblem } from '../json-problem.ts';

/** An entry of the list; connectors keep what they need beside these. */
export type EditableTemplate = { [key: string]: unknown; usageType: string; locale?: string };

/** How a form item holds templates. */
type Shape = {
  /** `undefined` for what is no such value. */
  read: (value: unknown) => EditableTemplate[] | undefined;
  /** Where the text of a template stands in the JSON. */
  pathOf: (template: EditableTemplate, index: number) => string[];
};

/** The key of the form items that hold a list of templates. */
export const templatesKey = 'templates';

const list: Shape = {
  read: (value) => (Array.isArray(value) && value.every(isTemplate) ? value : undefined),
  pathOf: (_, index) => [String(index), 'content'],
};
/** One mail for each usage type, as Mailgun's `deliveries`: written as HTML, or kept there. */
const mails: Shape = {
  read: (value) => {
    const entries = isRecord(value) ? Object.entries(value) : [];
    const written = entries.flatMap(([usageType, mail]) => (isRecord(mail) ? [{ ...mail, usageType }] : []));
    return written.length > 0 && written.length === entries.length ? written.map(asTemplate) : undefined;
  },
  pathOf: ({ usageType }) => [usageType, 'html'],
};
const asTemplate = ({ usageType, html, subject, replyTo }: EditableTemplate): EditableTemplate => ({
  ...{ usageType, subject, replyTo },
  ...(typeof html === 'string' && { content: html, contentType: 'text/html' }),
});
const shapes: Readonly<Record<string, Shape>> = { [templatesKey]: list, deliveries: mails };

/** Whether a form item holds templates. */
export const isTemplatesItem = ({ key, type }: Pick<FormItem, 'key' | 'type'>): boolean =>
  type === 'Json' && Object.hasOwn(shapes, key);

/** Reads the JSON of a form item as templates; `undefined` for broken JSON and for anything that holds none. */
export function readTemplates(text: string, key = templatesKey): EditableTemplate[] | undefined {
  return findJsonProblem(text) ? undefined : shapes[key]?.read(JSON.parse(text));
}

/** Where in the JSON of a form item the text of a template stands. */
export const pathOfTemplate = (key: string, templates: readonly EditableTemplate[], index = -1): string[] => {
  const template = templates[index];
  return template ? (shapes[key]?.pathOf(template, index) ?? []) : [];
};

function isTemplate(value: unknown): value is EditableTemplate {
  if (!isRecord(value)) return false;
  const { usageType, locale } = value;
  return typeof usageType === 'string' && (locale === undefined || typeof locale === 'string');
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
