import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callAccount, signInForToken } from '../setup/account-client.ts';
import { beginExperience, newServerRelier } from '../setup/experience-client.ts';
import type { Relier } from '../setup/oidc-flow.ts';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';

/** One text per language, which says its language and everything that is filled in. */
const languages = [undefined, 'en', 'zh-CN', 'zh-Hant', 'pt', 'pt-PT', 'sr-Cyrl', 'sr-Latn', 'nb', 'he', 'de_DE'];
const templates = ['Register', 'SignIn', 'ForgotPassword', 'Generic'].flatMap((usageType) =>
  languages.map((locale) => ({
    usageType,
    ...(locale && { locale }),
    content: `${locale ?? 'any'} {{application.name}}: {{code}}`,
  })),
);

let server: TestServer;
let relier: Relier;
beforeAll(async () => {
  server = await newServer('SQLite');
  await server.services.connectors.setUp('development-inbox', { templates });
  relier = await newServerRelier(server);
});
afterAll(() => server.close());

const sentTo = (phone: string) => server.services.inbox.messages(phone)[0];
const languageOf = (phone: string) => sentTo(phone)?.text.split(' ')[0];

/** @returns the message of a sign-in that begins with these parameters, in a browser that sends these headers */
async function signInBy(parameters: Record<string, string>, headers: Record<string, string> = {}) {
  const phone = newPhone();
  const { browser } = await beginExperience(server, relier, { parameters });
  const response = await browser.send(`${server.publicUrl}/api/experience/verification/verification-code`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ interactionEvent: 'SignIn', identifier: { type: 'phone', value: phone } }),
  });
  expect(response.status).toBe(200);
  return sentTo(phone);
}

describe('a sign-in', () => {
  test.each([
    ['zh-TW', 'zh-Hant'],
    ['zh-HK,zh;q=0.9,en;q=0.8', 'zh-Hant'],
    ['zh-Hant-HK-x-foo', 'zh-Hant'],
    ['zh_CN', 'zh-CN'],
    ['fr;q=0.9, ja, pt-PT;q=0.5, en;q=0.1', 'pt-PT'],
    ['pt-BR', 'pt'],
    ['sr-Latn-RS', 'sr-Latn'],
    ['no', 'nb'],
    ['iw', 'he'],
    ['de-DE-u-co-phonebk', 'de_DE'],
    ['ja', 'any'],
    ['*', 'any'],
    ['x'.repeat(5000), 'any'],
    [',;q=,;;', 'any'],
  ])('of a browser with Accept-Language %.30j gets the text in %s', async (header, language) => {
    const message = await signInBy({}, { 'accept-language': header });
    expect(message?.text).toMatch(new RegExp(`^${language} Shop: \\d{6}$`));
  });

  test.each([
    ['fr ja zh-TW en', 'zh-Hant'],
    ['zh_TW', 'zh-Hant'],
    ['fr', 'de_DE'],
    ['!! \u0001', 'de_DE'],
    ['x'.repeat(5000), 'de_DE'],
    ['ja zh-Hant-u-nu-latn', 'zh-Hant'],
  ])('with ui_locales %.30j, in a German browser, gets the text in %s', async (uiLocales, language) => {
    const message = await signInBy({ ui_locales: uiLocales }, { 'accept-language': 'de' });
    expect(message?.text.split(' ')[0]).toBe(language);
  });

  test('gets what ui_locales says however often it is said', async () => {
    const { url } = await relier.start({ ui_locales: 'fr' });
    url.searchParams.append('ui_locales', 'iw');
    const { browser } = await beginExperience(server, {
      ...relier,
      start: async () => ({ url, verifier: '', state: '' }),
    });
    const { response } = await browser.visit(url);
    expect(response.status).toBe(200);
  });

  test('is recorded with the wish that was met', async () => {
    const message = await signInBy({ ui_locales: 'fr zh-HK en' });
    const { body } = await server.management.get('/messages');
    expect(body[0]).toMatchObject({ id: message?.id, locale: 'zh-HK' });
  });
});

describe('a back end', () => {
  test.each([
    ['zh-TW', 'zh-Hant'],
    ['zh_Hant_TW', 'zh-Hant'],
    ['fr,pt-PT;q=0.9,en;q=0.8', 'pt-PT'],
    ['fr ja iw', 'he'],
    ['de-DE-u-co-phonebk-nu-latn-hc-h23-ca-gregory', 'de_DE'],
    ['klingonish-x', 'any'],
    ['', 'any'],
    ['x'.repeat(9000), 'any'],
    [null, 'any'],
    [7, 'any'],
    [['en'], 'any'],
    [{ locale: 'en' }, 'any'],
  ])('that hints at %.30j sends the text in %s', async (locale, language) => {
    const phone = newPhone();
    const reply = await server.management.post('/verification-codes', { phone, locale });
    expect(reply).toMatchObject({ status: 204 });
    expect(sentTo(phone)?.text).toMatch(new RegExp(`^${language} Sesame: \\d{6}$`));
  });

  test('that hints at nothing sends the text in the language of the account', async () => {
    const phone = newPhone();
    const { id } = await server.services.users.create({ primaryPhone: phone });
    await server.services.users.mergeProfile(id, { locale: 'zh_HK' });
    await server.management.post('/verification-codes', { phone });
    expect(languageOf(phone)).toBe('zh-Hant');
    await server.management.post('/verification-codes', { phone, locale: 'he' });
    expect(languageOf(phone)).toBe('he');
  });
});

test.each([
  ['zh-TW', 'zh-Hant'],
  ['klingonish!', 'any'],
  [[], 'any'],
])('a test message with the hint %j is in %s, and from the brand', async (locale, language) => {
  const test = { phone: newPhone(), config: { templates }, usageType: 'SignIn', locale };
  const send = () =>
    server.management.post('/connectors/development-inbox/test', test, { prefer: 'return=representation' });
  expect(await send()).toMatchObject({ status: 200, body: { text: `${language} Sesame: 000000` } });
  await server.services.experience.change({ branding: { name: 'Shop & Sons' } });
  expect((await send()).body.text).toBe(`${language} Shop & Sons: 000000`);
  await server.services.experience.change({ branding: { name: '' } });
});

test('a signed-in user gets codes in the language of the account, else of the request, for the application', async () => {
  const [phone, password] = [newPhone(), 'a cave full of gold'];
  const username = `ali_${phone.slice(-8)}`;
  const { id } = await server.services.users.create({ username, password, primaryPhone: phone });
  const token = await signInForToken(server, relier, { username, password });
  const send = async (value: string) => {
    const body = { identifier: { type: 'phone', value } };
    const headers = { 'accept-language': 'ja, pt-PT;q=0.5' };
    const request = { method: 'POST', path: '/verifications/verification-code', body, headers };
    expect(await callAccount(server, token, request)).toMatchObject({ status: 201 });
    return sentTo(value)?.text;
  };
  expect(await send(phone)).toMatch(/^pt-PT Shop: \d{6}$/);
  await server.services.users.mergeProfile(id, { locale: 'zh-TW' });
  expect(await send(newPhone())).toMatch(/^zh-Hant Shop: \d{6}$/);
});
