import { expect, test } from 'vitest';
import { renderMail } from './mail.ts';

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

test.each(['subject', 'replyTo', 'sendFrom'])('no variable brings a line break into %s', (field) => {
  for (const evil of ['a\r\nBcc: eve@example.com', 'a\nb', 'a\rb', 'a\0', 'a\u2028b']) {
    const template = { usageType: 'SignIn', subject: 'Code', content: 'x', [field]: 'For {{user.name}}' };
    expect(() => renderMail(template, { user: { name: evil } })).toThrow(/line break/);
  }
});
