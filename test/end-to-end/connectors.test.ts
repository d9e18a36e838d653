import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newPhone } from '../setup/phones.ts';
import { newServer, startTestServer, type TestServer } from '../setup/server.ts';
import { databases, newMigratedLocation } from '../setup/stores.ts';
import { type Provider, type ProviderName, providerNames, startProviders } from './providers.ts';

describe.each(databases)('connectors on %s', (database) => {
  let server: TestServer;
  let providers: Awaited<ReturnType<typeof startProviders>>;
  beforeAll(async () => {
    [server, providers] = await Promise.all([newServer(database), startProviders()]);
  });
  afterAll(async () => {
    await Promise.all([server.close(), providers.close()]);
  });

  const setUp = async ({ factoryId: connectorId, config }: Provider) => {
    const reply = await server.management.post('/connectors', { connectorId, config });
    expect(reply, reply.text).toMatchObject({ status: 200, body: { connectorId } });
    return reply.body as { id: string; config: Record<string, unknown> };
  };
  type Listed = { id: string; connectorId: string; type: string };
  const live = async (channel = 'Sms') =>
    ((await server.management.get('/connectors')).body as Listed[]).filter(({ type }) => type === channel);
  const history = async () => (await server.management.get('/connectors/history')).body as { id: string }[];

  /** Sends a code to a new number, reads it from the double and verifies it. */
  async function expectCodesToArrive({ codeTo }: Provider) {
    const phone = newPhone();
    expect(await server.management.post('/verification-codes', { phone })).toMatchObject({ status: 204, text: '' });
    const answer = { phone, verificationCode: codeTo(phone) };
    expect(await server.management.post('/verification-codes/verify', answer)).toMatchObject({ status: 204, text: '' });
  }

  test('the development inbox is live at the first start and shows codes, until another one is set up', async () => {
    const { management } = server;
    expect(await live()).toMatchObject([{ connectorId: 'development-inbox', isDemo: true, config: {} }]);
    const phone = newPhone();
    await management.post('/verification-codes', { phone });
    const { body } = await management.get(`/development-inbox?phone=${encodeURIComponent(phone)}`);
    expect(body).toMatchObject([{ phone, usageType: 'Generic', code: expect.stringMatching(/^\d{6}$/) }]);
    expect(server.printed.join('\n')).toContain(body[0].code);
    const answer = { phone, verificationCode: body[0].code };
    expect(await management.post('/verification-codes/verify', answer)).toMatchObject({ status: 204 });

    await setUp(providers.Twilio);
    const [inbox] = await live('Email');
    expect(inbox).toMatchObject({ connectorId: 'development-inbox-email', isDemo: true, config: {} });
    expect(await management.get('/development-inbox')).toMatchObject({ status: 200 });
    await management.delete(`/connectors/${inbox?.id}`);
    expect(await management.get('/development-inbox')).toMatchObject({
      status: 404,
      body: { code: 'entity.not_found' },
    });
  });

  test.each(providerNames)('%s: a test of an unsaved configuration sends 000000 and saves nothing', async (name) => {
    const { factoryId, config, accepted } = providers[name];
    const before = await live();
    const phone = newPhone();
    const path = `/connectors/${factoryId}/test`;
    expect(await server.management.post(path, { phone, config })).toMatchObject({ status: 204, text: '' });
    expect(accepted().at(-1)).toEqual({ to: phone, code: '000000' });

    const reply = await server.management.post(path, { phone, config }, { prefer: 'return=representation' });
    const isOurText = name === 'Twilio' || name === 'HTTP SMS';
    expect(reply).toMatchObject({
      status: 200,
      body: {
        messageId: expect.any(String),
        providerMessageId: expect.any(String),
        text: isOurText ? 'Generic: 000000 验证码' : null,
        segments: isOurText ? 1 : null,
        latencyMs: expect.any(Number),
      },
    });
    expect(await server.management.get(`/messages/${reply.body.messageId}`)).toMatchObject({
      body: { recipient: phone, state: 'accepted', connectorFactoryId: factoryId, connectorId: null },
    });
    expect(await live()).toEqual(before);
    const answer = { phone, verificationCode: '000000' };
    expect(await server.management.post('/verification-codes/verify', answer)).toMatchObject({
      body: { code: 'verification_code.not_found' },
    });
  });

  test.each(providerNames)('%s: set up, it sends codes that verify, and replaces the one before', async (name) => {
    const { id } = await setUp(providers[name]);
    expect(await live()).toMatchObject([{ id, connectorId: providers[name].factoryId }]);
    expect(await server.management.get(`/connectors/${id}`)).toMatchObject({ status: 200, body: { id } });
    await expectCodesToArrive(providers[name]);
  });

  test.each(providerNames)('%s: secrets are masked, and masks sent back keep them', async (name) => {
    const { management } = server;
    const provider = providers[name];
    const { id, config } = await setUp(provider);
    for (const field of provider.secretFields) {
      expect(config[field]).toBe(`••••${String(provider.config[field]).slice(-4)}`);
    }

    const changed = { ...config, templates: [...(config.templates as unknown[])].reverse() };
    expect(await management.patch(`/connectors/${id}`, { config: changed })).toMatchObject({
      status: 200,
      body: { id, config: changed },
    });
    await expectCodesToArrive(provider);
    const phone = newPhone();
    const tested = await management.post(`/connectors/${provider.factoryId}/test`, { phone, config: changed });
    expect(tested, tested.text).toMatchObject({ status: 204 });
    expect(provider.codeTo(phone)).toBe('000000');
  });

  test('changed from one to the next, the previous ones are kept, come back and can be forgotten', async () => {
    const { management } = server;
    const names: ProviderName[] = ['Twilio', 'Aliyun', 'Tencent'];
    const ids: string[] = [];
    for (const name of names) ids.push((await setUp(providers[name])).id);
    const [twilio = '', aliyun = '', tencent = ''] = ids;
    expect((await live()).map(({ id }) => id)).toEqual([tencent]);
    expect((await history()).slice(0, 2).map(({ id }) => id)).toEqual([aliyun, twilio]);
    expect(await management.get(`/connectors/${twilio}`)).toMatchObject({ status: 404 });

    for (const [id, name] of [
      [twilio, 'Twilio'],
      [aliyun, 'Aliyun'],
    ] as const) {
      expect(await management.post(`/connectors/history/${id}/restore`)).toMatchObject({ status: 200, body: { id } });
      expect((await live()).map((connector) => connector.id)).toEqual([id]);
      await expectCodesToArrive(providers[name]);
    }

    expect(await management.delete(`/connectors/history/${aliyun}`), 'the live one').toMatchObject({ status: 404 });
    expect(await management.delete(`/connectors/history/${twilio}`)).toMatchObject({ status: 204 });
    expect((await history()).map(({ id }) => id)).not.toContain(twilio);
    expect(await management.post(`/connectors/history/${twilio}/restore`)).toMatchObject({ status: 404 });
    expect(await management.delete(`/connectors/history/${twilio}`)).toMatchObject({ status: 404 });
    await expectCodesToArrive(providers.Aliyun);
  });

  test('masks of the live connector do not stand for the secrets of another one', async () => {
    const { management } = server;
    const { config } = await setUp(providers.Aliyun);
    await setUp(providers.Tencent);
    const { factoryId: connectorId } = providers.Aliyun;
    expect(await management.post('/connectors', { connectorId, config })).toMatchObject({
      status: 400,
      body: { code: 'connector.invalid_config', data: { issues: [{ path: 'accessKeySecret' }] } },
    });
    expect(await live()).toMatchObject([{ connectorId: providers.Tencent.factoryId }]);
  });

  test('deleted, sends answer 501 but make a code; restored, it works again', async () => {
    const { management } = server;
    const { id } = await setUp(providers.Twilio);
    expect(await management.delete(`/connectors/${id}`)).toMatchObject({ status: 204 });
    expect(await management.delete(`/connectors/${id}`)).toMatchObject({ status: 404 });
    expect(await live()).toEqual([]);

    const phone = newPhone();
    for (const number of [phone, '1233212321']) {
      expect(await management.post('/verification-codes', { phone: number })).toMatchObject({
        status: 501,
        body: { code: 'connector.not_found' },
      });
    }
    expect(await management.post('/verification-codes/verify', { phone, verificationCode: 'no code' })).toMatchObject({
      status: 400,
      body: { code: 'verification_code.code_mismatch' },
    });
    expect((await management.get(`/messages?phone=${encodeURIComponent(phone)}`)).body).toMatchObject([
      { state: 'failed', connectorId: null, error: { code: 'connector.not_found' } },
    ]);
    expect(await management.get('/development-inbox')).toMatchObject({ status: 404 });

    expect(await management.post(`/connectors/history/${id}/restore`)).toMatchObject({ status: 200 });
    await expectCodesToArrive(providers.Twilio);
  });

  test('no reply so far has told a secret', () => {
    const replies = server.management.replies.map(({ text }) => text).join('\n');
    for (const { config, secretFields } of providerNames.map((name) => providers[name])) {
      for (const field of secretFields) expect(replies).not.toContain(config[field]);
    }
  });
});

test('in production a development inbox that somebody set up prints nothing', async () => {
  const env = { NODE_ENV: 'production', SESAME_PUBLIC_URL: 'https://id.example.com' };
  const server = await newServer('SQLite', { env });
  const { management, printed, services } = server;
  await services.connectors.setUp('development-inbox', {});
  const phone = newPhone();
  expect(await management.post('/verification-codes', { phone })).toMatchObject({ status: 204 });
  expect((await management.get('/development-inbox')).body).toMatchObject([{ phone, code: expect.any(String) }]);
  expect(printed.join('')).not.toMatch(/SMS to|\d{6}/);
  await server.close();
});

test('the audit log says when a start makes the development inbox live, and when one ends it', async () => {
  const { location, remove } = await newMigratedLocation('SQLite');
  const told = async (env: Record<string, string>) => {
    const server = await startTestServer(location, { env });
    const { body } = await server.management.get('/audit-log?subjectType=connector');
    await server.close();
    return body.map(({ action, actor, subject }: { action: string; actor: object; subject: object }) => [
      action,
      actor,
      subject,
    ]);
  };
  const actor = { type: 'server', id: 'settings' };
  const of = (action: string) => [
    [action, expect.objectContaining(actor), { type: 'connector', id: 'development-inbox-email' }],
    [action, expect.objectContaining(actor), { type: 'connector', id: 'development-inbox' }],
  ];
  expect(await told({})).toEqual(of('connector.set-up'));
  const production = { NODE_ENV: 'production', SESAME_PUBLIC_URL: 'https://id.example.com' };
  expect(await told(production)).toEqual([...of('connector.delete'), ...of('connector.set-up')]);
  expect(await told(production)).toHaveLength(4);
  await remove();
});
