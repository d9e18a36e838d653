import { toTree } from '@sesame/pages';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../../test/setup/console.ts';

let server: ConsoleServer;
let cookie: string;
beforeAll(async () => {
  server = await newConsoleServer('SQLite');
  cookie = await server.signIn();
});
afterAll(() => server?.close());

const send = (method: 'GET' | 'PUT' | 'DELETE', tag = '', body?: object) =>
  server.send(method, `/api/custom-phrases${tag && `/${tag}`}`, { cookie, ...(body && { body }) });
const previewed = async (language: string, phrases?: object): Promise<string> => {
  const body = { language, ...(phrases && { phrases }) };
  return (await server.send('POST', '/api/sign-in-exp/preview', { cookie, body })).json().html;
};

test('words of the operator stand in for ours, in their language alone, until they are taken away', async () => {
  const translation = { signIn: { title: 'Kommen Sie <herein>' }, wait: { seconds: { other: '{count} Sek.' } } };
  const saved = await send('PUT', 'de', translation);
  expect([saved.statusCode, saved.json()]).toEqual([
    200,
    { tenantId: 'default', id: 'de', languageTag: 'de', translation },
  ]);
  expect((await send('GET', 'de')).json()).toEqual(saved.json());
  expect((await send('GET')).json()).toEqual([saved.json()]);
  expect(await previewed('de')).toContain('<h1>Kommen Sie &lt;herein&gt;');
  expect(await previewed('en')).toContain('<h1>Sign in');
  expect(await previewed('de', { signIn: { title: 'Nur ein Versuch' } })).toContain('<h1>Nur ein Versuch');

  const page = await server.send('GET', '/account/signed-out', { headers: { 'accept-language': 'de-AT' } });
  expect(page.body).toContain('<html lang="de" dir="ltr">');

  expect((await send('DELETE', 'de')).statusCode).toBe(204);
  expect((await send('GET', 'de')).statusCode).toBe(404);
  expect((await send('DELETE', 'de')).statusCode).toBe(404);
  expect(await previewed('de')).toContain('<h1>Anmelden');
});

test('a language that the pages are not in is theirs from then on, with English for the rest', async () => {
  const before = await server.send('GET', '/account/signed-out', { headers: { 'accept-language': 'sv' } });
  expect(before.body).toContain('<html lang="en"');
  expect((await send('PUT', 'sv_se', { message: { 'signed-out': { title: 'Du är utloggad' } } })).json().id).toBe(
    'sv-SE',
  );
  const page = await server.send('GET', '/account/signed-out', { headers: { 'accept-language': 'sv-FI, en;q=0.5' } });
  expect(page.body).toContain('<html lang="sv-SE" dir="ltr">');
  expect(page.body).toContain('<h1>Du är utloggad');
  expect(page.body).toContain('You can close this window.');
  await send('PUT', 'ur', { message: { 'signed-out': { title: 'آپ سائن آؤٹ ہو گئے' } } });
  expect(await previewed('ur')).toContain('<html lang="ur" dir="rtl"');
});

test('an empty text is none, and texts keep what they are filled in with', async () => {
  const { translation } = (await send('PUT', 'fr', { signIn: { title: '  ', submit: ' Entrer ' } })).json();
  expect(translation).toEqual({ signIn: { submit: 'Entrer' } });
});

test.each([
  ['de', { signIn: { titel: 'x' } }, 'signIn', /titel.*title/s],
  ['de', { sign_in: {} }, '', /sign_in/],
  ['de', { signIn: 'x' }, 'signIn', /object/i],
  ['de', { signIn: { title: 1 } }, 'signIn.title', /string/i],
  ['de', { signIn: { title: 'a\u0007b' } }, 'signIn.title', /control characters/],
  ['de', { signIn: { title: 'x'.repeat(2001) } }, 'signIn.title', /2000/],
  ['de', { signIn: { title: 'Hi {name}' } }, 'signIn.title', /\{name\} stands for nothing/],
  ['de', { code: { sent: '{phon}' } }, 'code.sent', /there is \{count\} and \{phone\}/],
  ['xx_yy_zz_1', {}, 'languageTag', /language tag/],
])('%s %j is refused at its place', async (tag, body, path, message) => {
  const { statusCode, json } = await send('PUT', tag, body);
  expect(statusCode).toBe(400);
  const [issue] = json().data.issues;
  expect(`${issue.path}: ${issue.message}`).toMatch(message);
  expect(issue.path).toBe(path === '' || /titel|sign_in/.test(JSON.stringify(body)) ? issue.path : path);
});

test('the audit log tells whose words were changed, and names no words', async () => {
  const { json } = await server.send('GET', '/api/audit-log', { cookie });
  const entry = json().find(({ action }: { action: string }) => action === 'custom-phrases.delete');
  expect(entry).toMatchObject({ action: 'custom-phrases.delete', subject: { type: 'custom-phrases', id: 'de' } });
});

test('our words can be read in any language, with what they are filled in with', async () => {
  const defaults = async (tag: string) =>
    (await server.send('GET', `/api/custom-phrases/${tag}/defaults`, { cookie })).json();
  const german = await defaults('de');
  expect(german).toMatchObject({ languageTag: 'de', isTranslated: true });
  const textOf = ({ texts }: typeof german, wanted: string) => texts.find(({ key }: { key: string }) => key === wanted);
  expect(textOf(german, 'signIn.title')).toEqual({ key: 'signIn.title', text: 'Anmelden', placeholders: [] });
  expect(textOf(german, 'continueTo').placeholders).toEqual(['{application}']);
  const polish = await defaults('pl');
  expect(textOf(polish, 'wait.minutes.few').placeholders).toEqual(['{count}']);
  const swedish = await defaults('sv');
  expect([swedish.isTranslated, textOf(swedish, 'signIn.title').text]).toEqual([false, 'Sign in']);
  const keys = german.texts.map(({ key }: { key: string }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  const all = german.texts.map(({ key, text }: { key: string; text: string }) => [key, text]);
  expect((await send('PUT', 'de', toTree(all))).statusCode).toBe(200);
  await send('DELETE', 'de');
  expect((await server.send('GET', '/api/custom-phrases/no%20tag/defaults', { cookie })).statusCode).toBe(400);
});

describe('together with the sign-in experience', () => {
  const change = (body: object) => server.send('PATCH', '/api/sign-in-exp', { cookie, body });
  const stored = async () => ({
    name: (await server.send('GET', '/api/sign-in-exp', { cookie })).json().branding.name,
    texts: (await send('GET')).json(),
  });

  test('words are replaced by language, and taken back', async () => {
    const { services } = server;
    await send('PUT', 'cs', { signIn: { title: 'Zůstane' } });
    const customPhrases = { de: { signIn: { title: 'Herein' } }, fr: { signIn: { title: 'Entrez' } } };
    expect((await change({ branding: { name: 'Cave' }, customPhrases })).statusCode).toBe(200);
    const words = await services.customPhrases.readStored();
    expect(words).toMatchObject({
      cs: { 'signIn.title': 'Zůstane' },
      de: { 'signIn.title': 'Herein' },
      fr: { 'signIn.title': 'Entrez' },
    });
    expect((await stored()).name).toBe('Cave');
    const [entry] = (await server.send('GET', '/api/audit-log', { cookie })).json();
    expect(entry).toMatchObject({ action: 'sign-in-experience.change' });
    expect(JSON.stringify(entry)).toContain('Herein');
    expect((await change({ customPhrases: { de: null, fr: { signIn: { title: ' ' } } } })).statusCode).toBe(200);
    const { de, fr } = await services.customPhrases.readStored();
    expect([de, fr]).toEqual([undefined, undefined]);
  });

  test.each([
    [
      { branding: { name: 'Half' }, customPhrases: { de: { signIn: { title: '{x}' } } } },
      'customPhrases.de.signIn.title',
    ],
    [{ branding: { name: 'Half' }, customPhrases: { 'no tag!': {} } }, 'customPhrases'],
    [{ customCss: 'a { b: c', customPhrases: { de: { signIn: { title: 'Half' } } } }, 'customCss'],
    [
      { signUp: { identifiers: ['phone'], verify: false }, customPhrases: { de: { signIn: { title: 'Half' } } } },
      'signUp',
    ],
  ])('all of %j is refused where a part is', async (body, path) => {
    const before = await stored();
    const reply = await change(body);
    expect(reply.statusCode).toBe(400);
    expect(reply.json().data.issues[0].path).toMatch(new RegExp(`^${path.replaceAll('.', '\\.')}`));
    expect(await stored()).toEqual(before);
  });

  test('none of it is there where the words cannot be written', async () => {
    const before = await stored();
    await sql`create trigger refuse before update on settings when new.name = 'custom-phrases'
      begin select raise(abort, 'no room'); end`.execute(server.services.store.db);
    const customPhrases = { de: { signIn: { title: 'Half' } } };
    expect((await change({ branding: { name: 'Half' }, customPhrases })).statusCode).toBe(500);
    await sql`drop trigger refuse`.execute(server.services.store.db);
    expect(await stored()).toEqual(before);
  });

  test('changes at the same moment keep each other', async () => {
    const tags = ['da', 'fi', 'nb', 'sv'];
    await Promise.all(
      tags.flatMap((tag) => [
        change({ branding: { name: 'Cave' }, customPhrases: { [tag]: { signIn: { title: tag } } } }),
        send('PUT', `${tag}-AX`, { signIn: { title: tag } }),
      ]),
    );
    const words = await server.services.customPhrases.readStored();
    for (const tag of tags) expect([words[tag], words[`${tag}-AX`]]).toEqual(Array(2).fill({ 'signIn.title': tag }));
  });

  test('is for so many languages', async () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    const tags = letters.flatMap((one) => letters.slice(0, 4).map((other) => `en-${one}${other}`));
    const customPhrases = Object.fromEntries(tags.map((tag) => [tag, { signIn: { title: tag } }]));
    const reply = await change({ customPhrases });
    expect([reply.statusCode, reply.json().data.issues[0].path]).toEqual([400, 'customPhrases']);
  });
});
