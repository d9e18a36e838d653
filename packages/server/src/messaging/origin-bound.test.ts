import { renderMail } from '@sesame/connector-kit';
import { expect, test } from 'vitest';
import { withOriginBoundCode, withOriginBoundCodes } from './origin-bound.ts';

const contentsOf = (contents: unknown[]) => {
  const config = { from: 'Shop', templates: contents.map((content) => ({ usageType: 'SignIn', content })) };
  const bound = withOriginBoundCodes(config, 'id.example.com', 'Sms');
  expect(bound.from).toBe('Shop');
  return (bound.templates as { content: unknown }[]).map(({ content }) => content);
};

test('texts of ours end with the host and the code', () => {
  expect(contentsOf(['Your code is {{code}}.', 'Code: {{code}}\n '])).toEqual([
    'Your code is {{code}}.\n\n@id.example.com #{{code}}',
    'Code: {{code}}\n\n@id.example.com #{{code}}',
  ]);
});

test('a text that says so already stays as it is', () => {
  const own = [
    'Your code is {{code}}.\n\n@other.example #{{code}}',
    'Code {{code}}\n@a.example #{{ code }} %ads.example',
  ];
  expect(contentsOf(own)).toEqual(own);
});

test('texts that live at the provider, and what is no template at all, stay as they are', () => {
  const templates = [
    { usageType: 'SignIn', templateCode: 'SMS_1' },
    { usageType: 'Generic', content: 7 },
  ];
  expect(withOriginBoundCodes({ templates }, 'id.example.com', 'Sms')).toEqual({ templates });
  expect(withOriginBoundCodes({ templates: '[]' }, 'id.example.com', 'Sms')).toEqual({ templates: '[]' });
});

const mail = (content: string, contentType?: 'text/html' | 'text/plain') => {
  const template = { usageType: 'SignIn', subject: 'Code', content, contentType };
  const bound = withOriginBoundCode(template, 'id.example.com', 'Email');
  expect(withOriginBoundCode(bound, 'other.example', 'Email')).toEqual(bound);
  return { content: bound.content, ...renderMail(bound, { code: '123456' }) };
};

test.each([
  ['Your code is {{code}}.'],
  ['<p>Your code is {{code}}.</p>'],
  ['<!DOCTYPE html><html><body><table><tr><td>Your code is {{code}}.</td></tr></table></BODY></HTML>\n'],
  ['<html><p>Your code is {{code}}.</html>'],
])('both parts of a mail end with the host and the code: %s', (content) => {
  const { text, html } = mail(content);
  expect(text).toBe('Your code is 123456.\n\n@id.example.com #123456');
  expect(html.match(/@id\.example\.com #123456/g)).toHaveLength(1);
  expect(html.replace(/<style>[\s\S]*?<\/style>|<[^>]*>|&nbsp;/g, '').trim()).toMatch(/\n?@id\.example\.com #123456$/);
});

test('the line is in the body of a document, and what comes after stays', () => {
  const { content } = mail('<html><body class="a"><p>{{code}}</p></body><!-- end --></html>');
  expect(content).toMatch(
    /^<html><body class="a"><p>\{\{code\}\}<\/p><p [^>]*>@[^<]*<\/p><\/body><!-- end --><\/html>$/,
  );
});

test.each([
  '<p>Code: {{code}}</p><p>@other.example #{{code}}</p></body></html>',
  '<p>Code: {{code}}<br>\n  @other.example #{{ code }}</p>&nbsp;\n',
])('a mail that says so already stays as it is: %s', (content) => {
  expect(mail(content).content).toBe(content);
});

test('what tags and variables look like in a mail of text stays text', () => {
  expect(mail('<b>{{code}}</b>', 'text/plain').content).toBe('<b>{{code}}</b>\n\n@id.example.com #{{code}}');
});
