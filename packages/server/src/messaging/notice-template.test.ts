import { noticeTemplates } from '@sesame/connector-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newServer, type TestServer } from '../../../../test/setup/server.ts';
import { noticeTemplate } from './notice-template.ts';

let server: TestServer;
beforeAll(async () => {
  server = await newServer('SQLite');
});
afterAll(() => server.close());

const usageTypes = ['Register', 'SignIn', 'ForgotPassword', 'Generic'];
const each = (more: object) => usageTypes.map((usageType) => ({ usageType, ...more }));
const texts = each({ content: 'It is {{code}}' });
const mails = each({ content: 'It is {{code}}', subject: 'Code', contentType: 'text/plain' });
const endpoint = 'https://messages.example.com/';
const mailgun = {
  endpoint: 'https://api.mailgun.net',
  domain: 'mg.example.com',
  apiKey: 'key',
  from: 'a@mg.example.com',
};
const postmark = { serverToken: 'token', fromEmail: 'a@example.com', templates: each({ templateAlias: 'code' }) };
const twilio = { accountSID: `AC${'0'.repeat(32)}`, authToken: 'token', from: '+15005550006' };
const whatsApp = { ...twilio, channel: 'whatsapp', whatsAppTemplates: [{ contentSID: `HX${'0'.repeat(32)}` }] };
const own = { usageType: 'AccountChanged', content: '{{change}}' };

test.each([
  ['texts', 'twilio-short-message-service', { ...twilio, templates: texts }, noticeTemplates.Sms],
  ['a text of its own', 'twilio-short-message-service', { ...twilio, templates: [...texts, own] }, own],
  ['WhatsApp', 'twilio-short-message-service', whatsApp, undefined],
  ['texts for its endpoint', 'http-sms', { endpoint, templates: texts }, noticeTemplates.Sms],
  ['an endpoint alone', 'http-sms', { endpoint }, undefined],
  ['mails for its endpoint', 'http-email', { endpoint, templates: mails }, noticeTemplates.Email],
  ['an endpoint for mails alone', 'http-email', { endpoint }, undefined],
  ['mails at Postmark', 'postmark-mail', postmark, noticeTemplates.Email],
  [
    'mails at Mailgun',
    'mailgun-email',
    { ...mailgun, deliveries: { Generic: { template: 'code' } } },
    noticeTemplates.Email,
  ],
  [
    'a mail of its own at Mailgun',
    'mailgun-email',
    { ...mailgun, deliveries: { Generic: { template: 'code' }, AccountChanged: { template: 'changed' } } },
    { usageType: 'AccountChanged', kept: 'changed' },
  ],
  ['nothing, as the development inbox', 'development-inbox', {}, noticeTemplates.Sms],
  ['nothing, as that of mails', 'development-inbox-email', {}, noticeTemplates.Email],
])('a connector with %s', async (_, factoryId, config, template) => {
  const { factories, emailTemplates } = server.services;
  const factory = factories.get(factoryId);
  const asked = { recipient: { channel: factory.type }, locales: ['en'] };
  const chosen = await noticeTemplate(emailTemplates, asked, { factory, config });
  if (template) expect(chosen).toMatchObject(template);
  else expect(chosen).toBeUndefined();
});
