import { codeUsageTypes, optionalUsageTypes } from '@sesame/connector-kit';
import { describe, expect, test } from 'vitest';
import { templateIssues } from './template-issues.ts';

describe('a text of ours', () => {
  const issuesOf = (content: string, usageType = 'SignIn') => templateIssues({ templates: [{ usageType, content }] });

  test.each([
    ['Your code is', undefined],
    ['Your code is {code}.', '{code}'],
    ['Your code is {{ .Code }}.', '{{ .Code }}'],
    ['Your code is {{Code}}.', '{{Code}}'],
    ['Your code is %code%.', '%code%'],
    [`Your code is $${'{code}'}.`, `$${'{code}'}`],
    ['Your code is #code#.', '#code#'],
    ['Your code is <code>.', '<code>'],
    ['Your code is [OTP].', '[OTP]'],
    ['Your code is %s.', '%s'],
    ['Your code is {0}.', '{0}'],
    ['Your code is ｛｛code｝｝.', '｛｛code｝｝'],
    ['Your code is {{code}.', '{{code'],
    ['Your code is __CODE__.', '__CODE__'],
    ['[Sesame] Your code is :code', ':code'],
  ])('without {{code}} is refused, and told what was meant: %s', (content, meant) => {
    const [issue] = issuesOf(content);
    expect(issue?.path).toBe('templates.0.content');
    const place = meant === undefined ? '' : `; write {{code}} in place of ${meant}`;
    expect(issue?.message).toBe(`SignIn: The text has no {{code}}${place}.`);
  });

  test.each(['{{expiry}}', '{{minutes}}', '{{otp}}', '{{Code}}', '{{user.name}}'])(
    'with %s, which nobody fills, is refused',
    (variable) => {
      expect(issuesOf(`{{code}} ${variable}`)).toEqual([
        {
          path: 'templates.0.content',
          message: `SignIn: Nothing fills ${variable}; there are {{code}}, {{locale}}, {{application.name}}.`,
        },
      ]);
    },
  );

  test.each(['%name%', '%App.Name%'])('with %s beside the code is refused', (variable) => {
    expect(issuesOf(`{{code}} ${variable}`).map(({ message }) => message)).toEqual([
      `SignIn: ${variable} is not a placeholder and is sent as it is; write {{code}}.`,
    ]);
  });

  test.each([
    ['Signin', 'SignIn'],
    ['BindNewIdentifer', 'BindNewIdentifier'],
  ])('for the usage type %s is refused', (usageType, meant) => {
    expect(issuesOf('{{code}}', usageType)).toEqual([
      {
        path: 'templates.0.usageType',
        message: `${usageType}: There is no such usage type; did you mean ${meant}?`,
      },
    ]);
  });

  test('for a usage type of their own is taken', () => {
    expect(issuesOf('{{code}}', 'LinkAccount')).toEqual([]);
  });

  test.each([
    '{{code}} https://a.example/?q=%C3%BCber%20uns',
    '{{code}}',
    '{{ code }} from {{application.name}}',
    '[Sesame] {{code}}, 100% free: https://a.example/?q=%20',
  ])('is taken: %s', (content) => {
    expect(issuesOf(content)).toEqual([]);
  });

  test('that carries a link instead of a code is left alone', () => {
    expect(issuesOf('You are invited: {{link}}', 'OrganizationInvitation')).toEqual([]);
  });
});

describe('a mail', () => {
  const issuesOf = (mail: object) =>
    templateIssues({ templates: [{ usageType: 'SignIn', subject: 'Code', content: '{{code}}', ...mail }] });

  test.each([
    [{}, []],
    [{ subject: ' ' }, ['templates.0.subject']],
    [{ subject: 'Code\nBcc: eve@example.com' }, ['templates.0.subject']],
    [{ subject: '{{minutes}}' }, ['templates.0.subject']],
    [{ replyTo: 'a@b.example\r\n' }, ['templates.0.replyTo']],
    [{ content: '<p>Hello</p>', contentType: 'text/html' }, ['templates.0.content']],
    [{ content: '<style>@media print{p{color:red}}</style><p>{{code}}</p><script></script>' }, []],
  ])('%j is at fault in %j', (mail, paths) => {
    expect(issuesOf(mail).map(({ path }) => path)).toEqual(paths);
  });
});

describe('a template at the provider', () => {
  const issuesOf = (usageType: string, templateParams: string[]) =>
    templateIssues({ templates: [{ usageType, templateCode: 'SMS_1', templateParams }] }).map(({ message }) => message);

  test('is handed the code', () => {
    expect(issuesOf('SignIn', ['locale'])).toEqual([
      'SignIn: The template is handed no code; add "code" to templateParams.',
    ]);
    expect(issuesOf('SignIn', ['code', 'locale'])).toEqual([]);
  });

  test.each(optionalUsageTypes)('for %s is handed the code too, where it brings one', (usageType) => {
    const bringsCode = codeUsageTypes.some((each) => each === usageType);
    expect(issuesOf(usageType, ['locale'])).toHaveLength(bringsCode ? 1 : 0);
    expect(issuesOf(usageType, ['code'])).toHaveLength(usageType === 'AccountChanged' ? 1 : 0);
  });

  test('for a notice is handed what fills notices', () => {
    expect(issuesOf('AccountChanged', ['change', 'advice', 'locale'])).toEqual([]);
    expect(issuesOf('SignIn', ['code', 'change'])).toHaveLength(1);
  });

  test('may be handed what its connector fills', () => {
    const templates = [{ usageType: 'SignIn', templateCode: '1', templateParams: ['code', 'minutes', 'hours'] }];
    expect(templateIssues({ templates }, ['minutes']).map(({ message }) => message)).toEqual([
      'SignIn: Nothing fills the variable hours; there are code, locale, application.name, minutes.',
    ]);
  });

  test.each([
    ['zh_TW', []],
    ['de-DE-u-co-phonebk', []],
    [undefined, []],
    ['Deutsch!', ['templates.0.locale']],
    ['*', ['templates.0.locale']],
  ])('for the language %s', (locale, paths) => {
    const templates = [{ usageType: 'SignIn', locale, content: '{{code}}' }];
    expect(templateIssues({ templates }).map(({ path }) => path)).toEqual(paths);
  });

  test('is handed nothing that nobody fills', () => {
    expect(issuesOf('SignIn', ['code', 'minutes'])).toEqual([
      'SignIn: Nothing fills the variable minutes; there are code, locale, application.name.',
    ]);
  });
});
