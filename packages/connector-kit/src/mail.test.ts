import { expect, test } from 'vitest';
import { renderMail, senderOf } from './mail.ts';

const variables = { code: '123456', user: { name: '<b>"Jo" & co</b>' } };

test('a text gets a part of HTML, with every variable escaped in it', () => {
  const template = { usageType: 'Generic', subject: '{{code}} is your code', content: '{{user.name}}:\n{{code}}' };
  expect(renderMail({ ...template, contentType: 'text/plain' }, variables)).toMatchObject({
    subject: '123456 is your code',
    text: '<b>"Jo" & co</b>:\n123456',
    html: expect.stringContaining('&lt;b&gt;&quot;Jo&quot; &amp; co&lt;/b&gt;:<br>123456'),
  });
});

test('HTML gets a part of text, and its variables are escaped', () => {
  const content = '<style>p{color:red}</style><p>Hi {{user.name}}</p><p>Code: <b>{{code}}</b><img src="x"></p>';
  const mail = renderMail({ usageType: 'Generic', subject: 'Code', content }, variables);
  expect(mail.html).toContain('<p>Hi &lt;b&gt;&quot;Jo&quot; &amp; co&lt;/b&gt;</p>');
  expect(mail.text).toBe('Hi <b>"Jo" & co</b>\n\nCode: 123456');
});

const breaks = ['\r\n', '\n', '\r', '\0', '\v', '\x85', '\u2028', '\u2029', '\u202D', '\u202E'];

test.each(breaks)('%j in a variable is a space in a header, and stays in the text', (found) => {
  const template = {
    usageType: 'SignIn',
    subject: 'Code for {{user.name}}',
    sendFrom: '{{user.name}} <shop@example.com>',
    replyTo: '{{user.name}} <help@example.com>',
    content: '{{user.name}}',
  };
  const name = `Shop${found}Bcc: eve@example.net`;
  const inHeader = 'Shop Bcc: eve@example.net';
  expect(renderMail(template, { user: { name } })).toMatchObject({
    subject: `Code for ${inHeader}`,
    sendFrom: { name: inHeader, address: 'shop@example.com' },
    replyTo: { name: inHeader, address: 'help@example.com' },
    text: name,
  });
});

test.each(['subject', 'replyTo', 'sendFrom'])('a template with a line break in %s makes no mail', (field) => {
  for (const found of breaks) {
    const template = { usageType: 'SignIn', subject: 'Code', content: 'x', [field]: `For${found}{{user.name}}` };
    expect(() => renderMail(template, { user: { name: 'Jo' } })).toThrow(/line break/);
  }
});

test('the text of HTML keeps headings as they are written, and variables as they are', () => {
  const content = '<h1>Ihr Code: {{code}}</h1><p><a href="{{link}}">Sign in</a></p><p>{{user.name}}</p>';
  const link = 'https://example.com/?a=1&b=2';
  expect(renderMail({ usageType: 'SignIn', subject: 'Code', content }, { ...variables, link })).toMatchObject({
    text: `Ihr Code: 123456\n\nSign in [${link}]\n\n<b>"Jo" & co</b>`,
    html: expect.stringContaining('<a href="https://example.com/?a=1&amp;b=2">'),
  });
});

const own = { name: 'Acme', address: 'codes@example.com' };
const configured = 'Acme <codes@example.com>';
const from = (sendFrom: string, name: string) =>
  senderOf(renderMail({ usageType: 'SignIn', content: 'x', sendFrom }, { shop: { name } }), configured);

test.each([
  ['{{shop.name}} <shop@example.com>', 'Shop', { name: 'Shop', address: 'shop@example.com' }],
  ['"{{shop.name}}" <shop@example.com>', 'A "B" <c>', { name: 'A "B" <c>', address: 'shop@example.com' }],
  [
    '{{shop.name}} <shop@example.com>',
    'Eve <eve@example.net>, x',
    { name: 'Eve <eve@example.net>, x', address: 'shop@example.com' },
  ],
  ['{{shop.name}}', 'eve@example.net', { name: 'eve@example.net', address: own.address }],
  ['{{shop.name}}@example.com', 'shop', { name: 'Acme', address: 'shop@example.com' }],
  ['shop@example.com', '', { name: 'Acme', address: 'shop@example.com' }],
  ['{{shop.name}} <shop@bücher.example>', 'Shop', { name: 'Shop', address: 'shop@xn--bcher-kva.example' }],
  ['', '', own],
])('a mail from %j, for %j, is from %j', (sendFrom, name, expected) => {
  expect(from(sendFrom, name)).toEqual(expected);
});

test('answers go to one address, or nowhere', () => {
  const replyTo = (template: string, name: string) =>
    renderMail({ usageType: 'SignIn', content: 'x', replyTo: template }, { name }).replyTo;
  expect(replyTo('{{name}}', 'jo@example.com')).toEqual({ name: '', address: 'jo@example.com' });
  expect(replyTo('Help, {{name}} <help@example.com>', 'Jo')).toEqual({ name: 'Help, Jo', address: 'help@example.com' });
  expect(replyTo('{{name}}', 'jo@BÜCHER.example')).toEqual({ name: '', address: 'jo@xn--bcher-kva.example' });
  expect(replyTo('{{name}}', '')).toBeUndefined();
  expect(() => replyTo('{{name}}', 'jo@example.com, eve@example.net')).toThrow(/no address/);
});

test.each([
  ['Acme <codes@bücher.example>', { name: 'Acme', address: 'codes@xn--bcher-kva.example' }],
  ['codes@例え.jp', { name: '', address: 'codes@xn--r8jz45g.jp' }],
  ['codes@localhost', { name: '', address: 'codes@localhost' }],
])('%s sends with a domain in ASCII', (own, expected) => {
  expect(senderOf(undefined, own)).toEqual(expected);
});
