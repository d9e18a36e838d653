import { escapeHtml } from './escape-html.ts';
import { canonicalLocale, type Locale } from './locale.ts';
import { remember } from './remember.ts';

/**
 * The template of the HTML part for a template of text, with its placeholders still in it: a table in the width of a
 * phone, in light and dark, without pictures. Paragraphs are what is between empty lines. Some are shown as what they
 * are: the name of the application, the code, and the line that ties the code to a host.
 * @param locale of the text (BCP 47)
 */
export const layOut: (content: string, locale?: Locale) => string = remember(500, write);

function write(content: string, locale: Locale | undefined): string {
  const paragraphs = content.split(/\r?\n[^\S\n]*\r?\n/).filter((paragraph) => paragraph.trim() !== '');
  return `<!doctype html>
<html${languageOf(locale)}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<style>
${dark}
</style>
</head>
<body class="page" style="margin:0;background:#f3f4f6">
<table class="page" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f3f4f6">
<tr><td align="center" style="padding:24px 12px">
<table class="card" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:480px;background:#ffffff;border:1px solid #e0e3e8;border-radius:8px">
${paragraphs.map(rowOf).join('\n')}
<tr><td style="padding:0 0 16px;font-size:1px;line-height:1px">&nbsp;</td></tr>
</table>
</td></tr>
</table>
</body>
</html>`;
}

const dark = `@media (prefers-color-scheme: dark) {
  .page { background: #111318 !important; }
  .card { background: #1c1f26 !important; border-color: #343944 !important; }
  .words { color: #e7e9ee !important; }
  .faint { color: #a4abb8 !important; }
  .code { background: #2a2f3a !important; color: #ffffff !important; }
}`;

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const monospaced = 'font-family:ui-monospace,Menlo,Consolas,monospace';

/** How a paragraph looks that is nothing but this; any other one is words. */
const looks: { is: RegExp; row: (html: string) => string }[] = [
  {
    is: /^\{\{\s*application\.name\s*\}\}$/,
    row: (html) =>
      `<tr><td class="words" style="padding:28px 28px 0;${font};font-size:20px;line-height:28px;font-weight:600;color:#16181d">${html}</td></tr>`,
  },
  {
    is: /^\{\{\s*code\s*\}\}$/,
    row: (html) =>
      `<tr><td style="padding:16px 28px 0"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="code" align="center" dir="ltr" style="padding:16px 8px;background:#eef0f4;border-radius:6px;${monospaced};font-size:32px;line-height:40px;font-weight:700;letter-spacing:4px;color:#16181d">${html}</td></tr></table></td></tr>`,
  },
  {
    is: /^@\S+ #\{\{\s*code\s*\}\}/,
    row: (html) =>
      `<tr><td class="faint" dir="ltr" style="padding:16px 28px 0;${font};font-size:12px;line-height:16px;color:#666d7a">${html}</td></tr>`,
  },
];

const rowOfWords = (html: string) =>
  `<tr><td class="words" style="padding:16px 28px 0;${font};font-size:16px;line-height:24px;color:#16181d">${html}</td></tr>`;

/** A line of words above the link is what its button says. */
const button = /^([^\n]*\S[^\n]*?)\r?\n\{\{\s*link\s*\}\}$/;

const rowOfButton = (words: string) =>
  `<tr><td align="center" style="padding:20px 28px 0"><a href="{{link}}" style="display:inline-block;padding:12px 24px;background:#2456d6;border-radius:6px;${font};font-size:16px;line-height:24px;font-weight:600;color:#ffffff;text-decoration:none">${escapeHtml(words)}</a></td></tr>`;

function rowOf(paragraph: string): string {
  const text = paragraph.trim();
  const [, words] = button.exec(text) ?? [];
  if (words !== undefined) return rowOfButton(words);
  const { row = rowOfWords } = looks.find(({ is }) => is.test(text)) ?? {};
  return row(escapeHtml(text).replace(/\r?\n/g, '<br>'));
}

const rightToLeft = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg']);

function languageOf(locale = ''): string {
  const tag = canonicalLocale(locale);
  if (tag === undefined) return ' dir="auto"';
  const { script = '' } = new Intl.Locale(tag).maximize();
  return ` lang="${tag}" dir="${rightToLeft.has(script) ? 'rtl' : 'ltr'}"`;
}
