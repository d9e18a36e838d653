import { expect, test } from 'vitest';
import { defaultMails, defaultMailsOfAllLanguages } from './default-mails.ts';
import { lintContent, lintTemplates } from './template-lint.ts';

const policy = { lifetimeSeconds: 600 };
const lint = (template: object) => lintContent({ usageType: 'SignIn', subject: 'Code', ...template }, policy);
const rules = (template: object) => lint(template).map(({ rule, field }) => (field ? `${field}: ${rule}` : rule));

test('has nothing to say about our own mails, and reads the minutes in them', () => {
  expect(lintTemplates(defaultMails, policy)).toEqual([]);
  expect(lintTemplates(defaultMailsOfAllLanguages, policy)).toEqual([]);
  for (const { content, subject } of defaultMailsOfAllLanguages) {
    const findings = lintContent({ usageType: 'Generic', content, subject }, { lifetimeSeconds: 300 });
    expect(findings.map(({ rule }) => rule)).toEqual(['lifetime-mismatch']);
  }
});

test.each([
  ['Code: {{code}}', []],
  ['{{code}} '.padEnd(200, 'Long texts are one mail. '), []],
  ['Hello', ['code-missing']],
  ['<p>Your code: <b>{{code}}</b></p>', []],
  ['<p>Your code: <code>{{code}}</code></p>', []],
  ['<p>Your code: <code></code></p>', ['code-missing']],
  ['<p>Sign in</p><a href="https://a.example/?c={{code}}">here</a>', ['code-missing']],
  ['<style>@media print{p{color:red}} .a{width:50%;height:50%}</style><p>{{code}}</p>', []],
  ['<p style="width:100%">{{code}} <!-- {code} --></p>', []],
  ['<p>{{code}} or {code}</p>', ['malformed-placeholder']],
  ['<p>{{code}}</p><a href="{{link}}">Sign in</a>', []],
  ['<p>Sign in</p><a href="{{link}}">here</a>', ['code-missing']],
  ['{{code}} for {{user.name}}', ['unknown-placeholder']],
  ['<p>{{code}} lives for 5 minutes</p>', ['lifetime-mismatch']],
  ['Code: {{code}}\n@a.example {{code}}', ['code-repeated', 'origin-bound-code']],
  ['<p>{{code}}</p><script>alert(1)</script>', ['active-content']],
  ['<p onclick="go()">{{code}}</p>', ['active-content']],
  ['<p>{{code}}</p><form action="/x"></form>', ['active-content']],
  ['<p>{{code}}</p><img alt="Logo" src="https://a.example/logo.png">', ['remote-content']],
  ['<p>{{code}}</p><img src=//a.example/logo.png></p>', ['remote-content']],
  ['<p style="background:url(\'http://a.example/x.png\')">{{code}}</p>', ['remote-content']],
  ['<p>{{code}}</p><img src="data:image/png;base64,AA">', []],
  ['<p>{{code}}</p><a href="https://a.example">Help</a>', []],
  ['<p><img src="cid:code" alt="{{code}}">&nbsp;</p>', ['code-missing', 'mail-without-text']],
])('%j: %j', (content, expected) => {
  expect(rules({ content })).toEqual(expected);
});

test.each([
  [{ subject: '' }, ['subject: subject-missing']],
  [{ subject: undefined, contentType: 'text/plain' }, ['subject: subject-missing']],
  [{ subject: 'Code\r\nBcc: eve@example.com' }, ['subject: header-line-break']],
  [{ subject: '{{code}} for {{user.name}}' }, ['subject: unknown-placeholder']],
  [{ subject: '{code}' }, ['subject: malformed-placeholder']],
  [{ replyTo: 'a@b.example\n' }, ['replyTo: header-line-break']],
  [{ sendFrom: '{{name}} <a@b.example>' }, ['sendFrom: unknown-placeholder']],
  [{ sendFrom: '{{application.name}} <a@b.example>', replyTo: 'help@b.example' }, []],
])('headers %j: %j', (headers, expected) => {
  expect(rules({ content: 'Code: {{code}}', ...headers })).toEqual(expected);
});

test('there is a link where there is a page for the code', () => {
  const withLink = (usageType: string) => rules({ usageType, content: '{{code}}\n\nSign in:\n{{link}}' });
  for (const usageType of ['SignIn', 'Register', 'ForgotPassword']) expect(withLink(usageType)).toEqual([]);
  for (const usageType of ['Generic', 'BindNewIdentifier', 'Own']) {
    expect(withLink(usageType)).toEqual(['unknown-placeholder']);
  }
});

test('what mail programs cut is too long, in bytes', () => {
  expect(rules({ content: `<p>{{code}}</p>${'<p>ü</p>'.repeat(13_000)}` })).toEqual(['mail-too-large']);
  expect(rules({ content: `<p>{{code}}</p>${'<p>u</p>'.repeat(12_000)}` })).toEqual([]);
});

test('a finding is where it says, in HTML too', () => {
  const content = '<p title="x">Code {{code}}, 5 minutes</p>';
  const [finding] = lint({ content });
  expect(content.slice(finding?.position).startsWith('5 minutes')).toBe(true);
});

test('one text for two usage types throttles no mail', () => {
  const same = ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
    ...{ usageType, subject: 'Code', content: 'Code: {{code}}' },
  }));
  expect(lintTemplates(same, policy)).toEqual([]);
  expect(lintTemplates(same.slice(1), policy).map(({ rule }) => rule)).toEqual(['missing-usage-type']);
});

test.each(['<', '<!--', '<style', '<a on', '<img src', ' on', '<title>x'])(
  'a long mail of nothing but %s is read as fast as any other',
  (piece) => {
    const content = `{{code}} ${piece.repeat(150_000 / piece.length)}`;
    expect(lint({ content, contentType: 'text/html' }).length).toBeLessThan(20);
  },
);

test.each([
  ['<STYLE>p { color: red }</STYLE>{{code}}', []],
  ['<!-- 5 minutes -->{{code}}', []],
  ['<p>1 < 2</p>{{code}}', []],
  ['<a href="#" onClick = "x()">{{code}}</a>', ['active-content']],
  ['<IMG alt="" src=//example.com/x.png>{{code}}', ['remote-content']],
])('%s', (content, expected) => {
  expect(rules({ content, contentType: 'text/html' })).toEqual(expected);
});
