import type { Channel } from '@sesame/connector-kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newPhone } from '../../setup/phones.ts';
import { testRequests } from './compare.ts';
import { type Published, published, publishedNames } from './published.ts';
import { type PublishedServer, startPublishedServer } from './published-server.ts';
import { testRefusals } from './refusals.ts';

let mailboxes = 0;
const newRecipient: Record<Channel, () => { phone: string } | { email: string }> = {
  Sms: () => ({ phone: newPhone() }),
  Email() {
    mailboxes += 1;
    return { email: `jo${mailboxes}@example.com` };
  },
};

describe('connectors that Logto publishes, as they are', () => {
  let server: PublishedServer;
  let ours: PublishedServer;
  beforeAll(async () => {
    [server, ours] = await Promise.all([
      startPublishedServer({ isPublished: true }),
      startPublishedServer({ isPublished: false }),
    ]);
  });
  afterAll(() => Promise.all([server.stop(), ours.stop()]));

  test('all of them load, in the place of the built-in ones where they have their ids', async () => {
    expect(await server.management.get('/connector-problems')).toMatchObject({ status: 200, body: [] });
    const { body: factories } = await server.management.get('/connector-factories');
    const installed = factories.filter(({ origin }: { origin: string }) => origin === 'installed');
    expect(installed.map(({ id }: { id: string }) => id).sort()).toEqual(
      publishedNames.map((name) => published[name].factoryId).sort(),
    );
    const ids = factories.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids[0]).toBe('development-inbox');
  });

  describe.each(publishedNames)('%s', (name) => {
    const connector: Published = published[name];
    const { package: suffix, factoryId, channel, host, config, secretFields, attempts = 1 } = connector;
    const codeSent = (recipient: object) => {
      const body = server.hosts.requestsTo(host).at(-1)?.body ?? '';
      const text = decodeURIComponent(body.replaceAll('+', ' '));
      expect(text).toContain(Object.values(recipient).join('').replace(/^\+86/, ''));
      return /(?<!\d)\d{6}(?!\d)/.exec(text.replace(/1400006666|SMS_\d+/, ''))?.[0] ?? '';
    };

    test('shows its form, its guide and its logo', async () => {
      const { body } = await server.management.get(`/connector-factories/${factoryId}`);
      expect(body).toMatchObject({
        type: channel,
        origin: 'installed',
        package: { name: `@logto/connector-${suffix}`, version: expect.stringMatching(/^\d+\.\d+\.\d+$/) },
        logo: expect.stringMatching(/^data:image\/(?:svg\+xml|png);base64,[\w+/]{100}/),
        readme: expect.stringMatching(/^#+ .*\n/m),
      });
      const keys = body.formItems.map(({ key }: { key: string }) => key);
      expect(keys).toEqual(expect.arrayContaining(Object.keys(config)));
      const confidential = body.formItems.filter((item: { isConfidential?: boolean }) => item.isConfidential);
      expect(confidential.map(({ key }: { key: string }) => key)).toEqual(expect.arrayContaining(secretFields));
    });

    test('is set up, hides its secrets, and sends codes that verify', async () => {
      const shown = (await server.setUp(connector)) as { id: string; config: Record<string, unknown> };
      for (const field of secretFields) expect(shown.config[field]).toMatch(/^••••/);
      expect(await server.management.patch(`/connectors/${shown.id}`, { config: shown.config })).toMatchObject({
        status: 200,
      });
      const recipient = newRecipient[channel]();
      const sent = await server.management.post('/verification-codes', recipient);
      expect(sent, sent.text).toMatchObject({ status: 204 });
      const answer = { ...recipient, verificationCode: codeSent(recipient) };
      const verified = await server.management.post('/verification-codes/verify', answer);
      expect(verified, verified.text).toMatchObject({ status: 204 });
    });

    test('sends a test with a configuration that is not saved', async () => {
      const recipient = newRecipient[channel]();
      const tested = await server.management.post(`/connectors/${factoryId}/test`, { ...recipient, config });
      expect(tested, tested.text).toMatchObject({ status: 204 });
      expect(codeSent(recipient)).toBe('000000');
    });

    test.skipIf(!('templates' in config))('takes no configuration without the four templates', async () => {
      const templates = (config.templates as unknown[]).slice(1);
      const reply = await server.management.post('/connectors', {
        connectorId: factoryId,
        config: { ...config, templates },
      });
      expect(reply, reply.text).toMatchObject({
        status: 400,
        body: {
          code: 'connector.invalid_config',
          data: {
            issues: expect.arrayContaining([{ path: 'templates', message: expect.stringContaining('Register') }]),
          },
        },
      });
    });

    test('names the fields that are missing', async () => {
      const reply = await server.management.post('/connectors', { connectorId: factoryId, config: {} });
      const required = Object.keys(config).filter((key) => key !== 'authorization');
      expect(reply.body.data.issues.map(({ path }: { path: string }) => path)).toEqual(
        expect.arrayContaining(required),
      );
    });

    test.skipIf(host === 'smtp')('an outage of the provider is unclear, and tells no secret', async () => {
      const down = { status: 503, body: `Down. ${secretFields.map((field) => config[field])}` };
      for (let attempt = 0; attempt < attempts; attempt += 1) server.hosts.replyNext(down);
      const body = { ...newRecipient[channel](), config };
      const reply = await server.management.post(`/connectors/${factoryId}/test`, body);
      expect(reply, reply.text).toMatchObject({ status: 502, body: { data: { kind: 'unclear' } } });
    });
  });

  test.each(publishedNames.filter((name) => published[name].channel === 'Email'))(
    '%s takes a text by language',
    async (name) => {
      const { factoryId, host, config }: Published = published[name];
      const details = {
        subject: '{{code}} 是您的验证码',
        content: '<p>您的验证码：{{code}}</p>',
        contentType: 'text/html',
      };
      const templates = [{ languageTag: 'zh-CN', templateType: 'SignIn', details }];
      expect(await server.management.put('/email-templates', { templates })).toMatchObject({ status: 200 });
      const sent = async (locale: string) => {
        const body = { ...newRecipient.Email(), config, usageType: 'SignIn', locale };
        const tested = await server.management.post(`/connectors/${factoryId}/test`, body);
        expect(tested, tested.text).toMatchObject({ status: 204 });
        const text = server.hosts.requestsTo(host).at(-1)?.body ?? '';
        return decodeURIComponent(text.replaceAll('+', ' '));
      };
      // Postmark keeps the texts itself, and an endpoint of one's own writes them: they get the language.
      const isTold = name === 'Postmark' || name === 'HTTP email';
      expect(await sent('zh-CN')).toContain(isTold ? '"locale":"zh-CN"' : '您的验证码：000000');
      expect(await sent('fr')).toContain(isTold ? '"locale":"fr"' : 'SignIn: 000000 验证码');
    },
  );

  test('a mailbox that Postmark sends no more to gets no more mails of ours either', async () => {
    await server.setUp(published.Postmark);
    const email = 'gone@example.com';
    const send = async () => (await server.management.post('/verification-codes', { email })).body.data;
    const Message = `You tried to send to recipient(s) that have been marked as inactive. Found inactive addresses: ${email}.`;
    server.hosts.replyNext({ status: 422, body: { ErrorCode: 406, Message } });
    const refused = await send();
    expect(refused).toMatchObject({ kind: 'recipient' });
    const asked = server.hosts.requestsTo(published.Postmark.host).length;
    expect(await send()).toEqual(refused);
    expect(server.hosts.requestsTo(published.Postmark.host)).toHaveLength(asked);
    const { body } = await server.management.get(`/suppressions?email=${email}`);
    expect(body).toMatchObject([{ email }]);
  });

  describe('their refusals', () => testRefusals(() => server));
  describe('beside ours', () =>
    testRequests(
      () => ours,
      () => server,
    ));

  test('no reply and no line of the log has told a secret', () => {
    const told = server.management.replies.map(({ text }) => text).join('\n') + server.stdout() + server.stderr();
    for (const { config, secretFields } of publishedNames.map((name): Published => published[name])) {
      for (const field of secretFields) expect(told).not.toContain(config[field]);
    }
  });
});
