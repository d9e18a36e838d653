import { convert } from 'html-to-text';
import { ConnectorError } from './connector-error.ts';
import { escapeHtml } from './escape-html.ts';
import { layOut } from './mail-layout.ts';
import { holdsHtml, renderTemplate, type Template, type Variables } from './template.ts';

/** What a mail says: both parts are there, whichever of them the template holds. */
export type Mail = {
  subject: string;
  text: string;
  html: string;
  /** Addresses that the template itself names, rendered. */
  replyTo?: string | undefined;
  sendFrom?: string | undefined;
};

/**
 * Renders a template as a mail. The part that the template does not hold is made from the other one.
 * @throws ConnectorError `invalid_config` where a header would have a line break in it
 */
export function renderMail(template: Template, variables: Variables): Mail {
  const { content = '' } = template;
  const isHtml = holdsHtml(template);
  const rendered = renderTemplate(content, variables, isHtml ? escapeHtml : String);
  const header = (field: 'subject' | 'replyTo' | 'sendFrom') => {
    const value = template[field];
    return value === undefined ? undefined : oneLine(renderTemplate(value, variables), field, template);
  };
  return {
    subject: header('subject') ?? '',
    text: isHtml ? textOf(rendered) : rendered,
    html: isHtml ? rendered : renderTemplate(layOut(content, template.locale), variables, escapeHtml),
    replyTo: header('replyTo'),
    sendFrom: header('sendFrom'),
  };
}

/** A line break would begin a header of its own (RFC 5322, section 2.2). */
function oneLine(value: string, field: string, { usageType, locale }: Template): string {
  if (!/\p{Cc}|[\u2028\u2029]/u.test(value)) return value;
  const language = locale ? ` (${locale})` : '';
  const message = `The ${field} of the mail for ${usageType}${language} has a line break or another control character in it.`;
  throw new ConnectorError({ kind: 'configuration', message, issues: [{ path: 'templates', message }] });
}

const textOf = (html: string) => convert(html, { wordwrap: false, selectors: [{ selector: 'img', format: 'skip' }] });
