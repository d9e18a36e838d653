import { expect, test } from 'vitest';
import { layOut } from './mail-layout.ts';

const rowsOf = (content: string, locale?: string) => layOut(content, locale).match(/(?<=^<tr><td )[^\n]*/gm) ?? [];

test('paragraphs of a text are rows, what is nothing but the name or the code in its own look', () => {
  const rows = rowsOf(
    '{{ application.name }}\r\n\r\nHello <you>,\nyour code:\n\n \n{{code}}\n\n@a.example #{{code}}\n',
  );
  const [, name, words, code, line] = rows;
  expect(name).toMatch(/font-size:20px.*>\{\{ application\.name \}\}</);
  expect(words).toContain('>Hello &lt;you&gt;,<br>your code:</td>');
  expect(code).toMatch(/dir="ltr".*monospace.*>\{\{code\}\}</);
  expect(line).toMatch(/font-size:12px.*>@a\.example #\{\{code\}\}</);
});

test('words above the link are a button', () => {
  const html = layOut('{{code}}\n\nSign in <here>\n{{ link }}\n\nThanks', 'en');
  expect(html).toMatch(/<a href="\{\{link\}\}" [^>]*>Sign in &lt;here&gt;<\/a>/);
});

test('the code in a sentence is words', () => {
  expect(rowsOf('Your code is {{code}}.')[1]).toContain('class="words"');
});

test.each([
  ['ar-EG', ' lang="ar-EG" dir="rtl"'],
  ['zh_TW', ' lang="zh-TW" dir="ltr"'],
  ['ur', ' lang="ur" dir="rtl"'],
  [undefined, ' dir="auto"'],
  ['"><script>', ' dir="auto"'],
])('the document says its language: %s', (locale, attributes) => {
  expect(layOut('x', locale)).toContain(`<html${attributes}>`);
});
