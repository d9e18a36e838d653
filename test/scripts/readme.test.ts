import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** How the README calls Logto's connectors, by the names of their packages. */
const connectorNames: Record<string, string> = {
  ...{ 'aliyun-sms': 'Aliyun', 'gatewayapi-sms': 'GatewayAPI', 'http-sms': 'HTTP', smsaero: 'SMSAero' },
  ...{ 'tencent-sms': 'Tencent', 'twilio-sms': 'Twilio', 'vonage-sms': 'Vonage', 'yunpian-sms': 'Yunpian' },
  ...{
    'aliyun-dm': 'Aliyun Direct Mail',
    'aws-ses': 'AWS SES',
    'http-email': 'HTTP email',
    mailgun: 'Mailgun',
    mailjunky: 'MailJunky',
    postmark: 'Postmark',
    'sendgrid-email': 'SendGrid',
    smtp: 'SMTP',
    'smtp2go-email': 'SMTP2GO',
  },
};

test('the README names the clients and connectors of the tests at their versions', () => {
  const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> };
  const readme = read('README.md');
  const wanted = Object.entries(devDependencies).flatMap(([name, version]) => {
    const connector = /^@logto\/connector-(.*)$/.exec(name)?.[1];
    if (connector) return [`${connectorNames[connector] ?? connector} ${version}`];
    if (name.startsWith('@logto/')) return [`\`${name}\` ${version}`];
    return ['openid-client', 'oidc-client-ts'].includes(name) ? [`${name} ${version}`] : [];
  });
  expect(wanted.length).toBeGreaterThan(10);
  expect(wanted.filter((text) => !readme.includes(text))).toEqual([]);
});

test('the README and the comparison count the providers that there are', () => {
  const folders = readdirSync(new URL('../../connectors', import.meta.url));
  const mails = folders.filter(
    (name) => /-(mail|email|email-service)$|^simple-mail/.test(name) && !/^http-/.test(name),
  );
  const sms = folders.filter((name) => name.endsWith('-sms') && !name.startsWith('http-'));
  // Aliyun has two, for messages within China and to elsewhere, which are a provider.
  expect([sms.filter((name) => name !== 'aliyun-sms-global').length, mails.length - 1]).toEqual([8, 5]);
  const readme = read('README.md');
  expect(readme).toContain('Twilio, Aliyun, Tencent Cloud and five more');
  expect(readme).toContain('| SMS providers | eight,');
  expect(readme).toContain('| Email | SMTP and five more,');
  expect(read('docs/comparison.md')).toContain('| Providers | eight,');
});
