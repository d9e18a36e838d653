import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../../test/setup/console.ts';
import { databases } from '../../../../../../test/setup/stores.ts';

const path = '/api/email-templates';
const template = (languageTag: string, templateType: string, details: object = {}) => ({
  languageTag,
  templateType,
  details: { subject: '{{code}} is your code', content: '<p>Code: {{code}}</p>', contentType: 'text/html', ...details },
});
const three = [template('en', 'SignIn'), template('en', 'Register'), template('de', 'SignIn')];

describe.each(databases)('templates of mails on %s', (database) => {
  let server: ConsoleServer;
  let cookie: string;
  beforeAll(async () => {
    server = await newConsoleServer(database);
    cookie = await server.signIn();
  });
  afterAll(() => server?.close());

  async function send(method: 'GET' | 'PUT' | 'PATCH' | 'DELETE', below = '', body?: object) {
    const reply = await server.send(method, path + below, { cookie, ...(body && { body }) });
    return { status: reply.statusCode, body: reply.body === '' ? undefined : reply.json() };
  }
  const put = (...templates: object[]) => send('PUT', '', { templates });
  const tagged = (templates: { languageTag: string; templateType: string }[]) =>
    templates.map(({ languageTag, templateType }) => `${templateType} ${languageTag}`);

  beforeEach(async () => {
    for (const { id } of (await send('GET')).body) await send('DELETE', `/${id}`);
  });

  test('are written, found by language and usage type, and written anew under the same ids', async () => {
    const { status, body: written } = await put(...three);
    expect(status).toBe(200);
    expect(written[2]).toEqual({
      tenantId: 'default',
      id: expect.stringMatching(/^\w{20}$/),
      ...three[2],
      createdAt: expect.any(Number),
      findings: [],
    });
    expect(tagged(written)).toEqual(tagged(three));
    expect((await send('GET', `/${written[0].id}`)).body).toEqual(written[0]);
    expect(tagged((await send('GET')).body)).toEqual(['SignIn de', 'Register en', 'SignIn en']);
    expect(tagged((await send('GET', '?languageTag=en')).body)).toEqual(['Register en', 'SignIn en']);
    expect(tagged((await send('GET', '?languageTag=DE&templateType=SignIn')).body)).toEqual(['SignIn de']);

    const anew = { subject: 'Anew {{code}}', content: '{{code}}' };
    const { body: again } = await put({ ...three[2], details: anew }, template('fr', 'Generic'));
    expect(again[0]).toMatchObject({ id: written[2].id, createdAt: written[2].createdAt });
    expect(again[0].details).toEqual(anew);
    expect((await send('GET')).body).toHaveLength(4);
  });

  test('are changed field by field, each change on top of the others', async () => {
    const { body } = await put(template('en', 'SignIn'));
    const changes = [
      { replyTo: 'logto test' },
      { sendFrom: '{{application.name}} <a@b.example>' },
      { subject: '{{code}}' },
    ];
    const replies = await Promise.all(changes.map((change) => send('PATCH', `/${body[0].id}/details`, change)));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    const { body: after } = await send('GET', `/${body[0].id}`);
    expect(after.details).toEqual(Object.assign({}, body[0].details, ...changes));
  });

  test('are deleted one by one, by language and by usage type, and never all at once', async () => {
    const { body } = await put(...three);
    expect(await send('DELETE')).toMatchObject({
      status: 422,
      body: { code: 'connector.email_connector.bulk_deletion_no_filter' },
    });
    expect(await send('DELETE', '?languageTag=en')).toEqual({ status: 200, body: { rowCount: 2 } });
    expect(await send('DELETE', '?languageTag=en&templateType=SignIn')).toEqual({ status: 200, body: { rowCount: 0 } });
    expect((await send('DELETE', `/${body[2].id}`)).status).toBe(204);
    expect((await send('GET')).body).toEqual([]);
  });

  test('are written and removed in one step, which the audit log has as one, or nothing is done', async () => {
    await put(...three);
    const removed = [template('en', 'SignIn'), template('de', 'SignIn'), template('fr', 'Generic')].map(
      ({ details: _, ...place }) => place,
    );
    const both = { templates: [template('fr', 'SignIn')], removed };
    const refused = await send('PUT', '', { ...both, templates: [template('en', 'SignIn')] });
    expect(refused).toMatchObject({ status: 400, body: { data: { issues: [{ path: 'removed.0' }] } } });
    expect((await send('GET')).body).toHaveLength(3);
    const entries = async () => (await server.send('GET', '/api/audit-log', { cookie })).json();
    const before = await entries();
    expect(tagged((await send('PUT', '', both)).body)).toEqual(['SignIn fr']);
    expect(tagged((await send('GET')).body)).toEqual(['Register en', 'SignIn fr']);
    expect(await send('PUT', '', { templates: [], removed: [{ languageTag: 'fr', templateType: 'SignIn' }] })).toEqual({
      status: 200,
      body: [],
    });
    expect(tagged((await send('GET')).body)).toEqual(['Register en']);
    const after = await entries();
    expect(after.length - before.length).toBe(2);
    expect(after[1]).toMatchObject({ action: 'email-template.put', details: { removed } });
  });

  test.each([
    ['GET', '/not-there', undefined],
    ['PATCH', '/not-there/details', {}],
    ['DELETE', '/not-there', undefined],
  ] as const)('%s of one that is not there', async (method, below, body) => {
    expect(await send(method, below, body)).toMatchObject({ status: 404, body: { code: 'entity.not_exists_with_id' } });
  });

  test('say what is wrong with them, and are taken all the same, as Logto takes them', async () => {
    const bad = { subject: 'Sign in', content: '<p>{{user.name}}, sign in to your account within 5 minutes</p>' };
    const { status, body } = await put({ ...template('en', 'SignIn'), details: bad });
    expect(status).toBe(200);
    const found = body[0].findings.map(({ rule, severity, field }: Record<string, string>) => [rule, severity, field]);
    expect(found).toEqual([
      ['code-missing', 'error', 'content'],
      ['unknown-placeholder', 'error', 'content'],
      ['lifetime-mismatch', 'warning', 'content'],
    ]);
  });

  test.each([
    ['templates', []],
    ['templates.0.templateType', [template('en', 'Signin')]],
    ['templates.0.languageTag', [template('*', 'SignIn')]],
    ['templates.0.details.subject', [template('en', 'SignIn', { subject: 'Code\r\nBcc: eve@example.com' })]],
    ['templates.0.details.replyTo', [template('en', 'SignIn', { replyTo: 'a@b.example\n' })]],
    ['templates.0.details.content', [template('en', 'SignIn', { content: '{{code}}\0' })]],
    ['templates.0.details.contentType', [template('en', 'SignIn', { contentType: 'text/markdown' })]],
    ['templates.1', [template('zh-TW', 'SignIn'), template('zh_tw', 'SignIn')]],
  ])('are refused at %s', async (at, templates) => {
    const { status, body } = await put(...templates);
    expect([status, body.code]).toEqual([400, 'guard.invalid_input']);
    expect(body.data.issues.map(({ path }: { path: string }) => path)).toEqual([at]);
    expect((await send('GET')).body).toEqual([]);
  });

  test('leave who changed what in the audit log', async () => {
    const { body } = await put(template('en', 'SignIn'));
    await send('PATCH', `/${body[0].id}/details`, { subject: 'Anew' });
    const entries = (await server.send('GET', '/api/audit-log', { cookie })).json();
    expect(entries[0]).toMatchObject({
      action: 'email-template.change',
      subject: { type: 'email-template', id: body[0].id },
      details: {
        name: 'SignIn (en)',
        changes: [{ field: 'subject', before: '{{code}} is your code', after: 'Anew' }],
      },
    });
    expect(entries[1]).toMatchObject({ action: 'email-template.put' });
  });

  test('turn no code around', async () => {
    const rightToLeft = { subject: 'קוד {{code}}', content: 'שלום 😀 {{code}}', contentType: 'text/plain' };
    expect((await put(template('he', 'SignIn', rightToLeft))).status).toBe(200);
    for (const override of ['\u202D', '\u202E']) {
      for (const field of ['subject', 'content', 'replyTo', 'sendFrom']) {
        const turned = { ...rightToLeft, [field]: `${override}{{code}}` };
        expect((await put(template('he', 'SignIn', turned))).status, field).toBe(400);
      }
    }
  });
});
