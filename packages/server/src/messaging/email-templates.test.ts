import { defaultMails, defaultMailsIn } from '@sesame/connector-kit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { platform } from '../../../../test/setup/platform.ts';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import type { ConnectorFactory } from '../connectors/connector-factory.ts';
import type { Connectors } from '../connectors/connectors.ts';
import type { ConnectorFactories } from '../connectors/factories.ts';
import { createHeld } from '../store/held.ts';
import type { Store } from '../store/store.ts';
import { createEmailTemplates, type EmailTemplates } from './email-templates.ts';
import { createMessaging } from './messaging.ts';
import { silentObserver } from './observer.ts';
import { recipientOfEmail, recipientOfPhone } from './recipient.ts';
import type { ReportAddresses } from './report-addresses.ts';

const email = recipientOfEmail({ address: 'Jo@example.com', key: 'jo@example.com', domain: 'example.com' });
const phone = recipientOfPhone({ e164: '+8613800138000', country: 'CN' } as Parameters<typeof recipientOfPhone>[0]);
const ownTemplates = [{ usageType: 'Generic', subject: 'Own', content: 'Own {{code}}' }];

describe.each(databases)('templates of mails on %s', (database) => {
  let store: Store;
  let templates: EmailTemplates;
  let fallback: string;
  beforeEach(async () => {
    store = await newStore(database);
    fallback = 'en';
    const held = createHeld({ store, platform });
    templates = createEmailTemplates({ store, platform, held, fallbackLanguage: async () => fallback });
  });
  afterEach(() => store.close());

  const put = (...tags: string[]) =>
    templates.put(
      tags.map((languageTag) => ({
        languageTag,
        templateType: 'SignIn',
        details: { subject: `${languageTag} {{code}} {{application.name}}`, content: `${languageTag} {{code}}` },
      })),
    );
  const chosen = async (...wishes: string[]) => (await templates.choose('SignIn', wishes))?.locale;

  test('are chosen by the wish, then by the fallback language; a change counts at once', async () => {
    expect(await chosen('de')).toBeUndefined();
    const [, german] = await put('en', 'de', 'zh-Hant');
    expect(await chosen('de-AT', 'en')).toBe('de');
    expect(await chosen('ja', 'zh-HK')).toBe('zh-Hant');
    expect(await chosen('ja')).toBe('en');
    expect(await chosen()).toBe('en');
    expect(await templates.choose('Register', ['en'])).toBeUndefined();
    fallback = 'fr';
    expect(await chosen('ja')).toBeUndefined();
    await templates.delete(german?.id ?? '');
    expect(await chosen('de')).toBeUndefined();
  });

  test('without the code are passed over', async () => {
    const [written] = await put('en');
    await templates.change(written?.id ?? '', { content: 'Sign in' });
    expect(await chosen('en')).toBeUndefined();
    await templates.change(written?.id ?? '', { content: '<a href="/?{{code}}">Sign in</a>' });
    expect(await chosen('en')).toBeUndefined();
  });

  function messaging(templatesOfConnector: object[] = ownTemplates) {
    const sent: Parameters<ConnectorFactory['sendMessage']>[0][] = [];
    const factory = (type: 'Sms' | 'Email') => ({
      type,
      metadata: { id: type },
      sendMessage: async (data: (typeof sent)[number]) => {
        sent.push(data);
        return {};
      },
    });
    const live = async (type: 'Sms' | 'Email') => ({
      row: { id: 'c', factory_id: type },
      factory: factory(type),
      config: { templates: templatesOfConnector },
    });
    const connectors = { live, completeConfig: async (_: unknown, config: object) => config } as unknown as Connectors;
    const factories = { find: factory } as unknown as ConnectorFactories;
    const deps = { store, platform, connectors, factories, emailTemplates: templates, observer: silentObserver };
    const reportAddresses = { ofMessage: () => '' } as unknown as ReportAddresses;
    const priceOf = async () => ({ cost: 0, currency: 'USD' });
    return {
      sent,
      ...createMessaging({ ...deps, reportAddresses, priceOf, linkOfTests: 'https://id.example/verify' }),
    };
  }
  const code = (recipient: typeof email, locales: string[]) => ({
    ...{ recipient, usageType: 'SignIn', locales, application: 'Acme', code: '123456', lifetimeSeconds: 600 },
    ...{ keep: { flow: 'f', digest: 'd', expiresAt: platform.now() + 1 }, now: platform.now() },
    ...{ limits: [], ceiling: undefined, boundTo: 'id.example.com', isSuppressed: false, isDiscreet: false },
  });

  test('go with the message, bound to its host; messages by SMS have none', async () => {
    const { send, sent } = messaging();
    await put('de');
    await send(code(email, ['de-CH', 'en']));
    await send(code(email, ['en']));
    await send(code(phone, ['de']));
    expect(sent).toMatchObject([
      {
        to: 'Jo@example.com',
        payload: { code: '123456', locale: 'de-CH', application: { name: 'Acme' } },
        template: { usageType: 'SignIn', locale: 'de', content: 'de {{code}}\n\n@id.example.com #{{code}}' },
      },
      { payload: { code: '123456', locale: 'en' } },
      { payload: { code: '123456', locale: 'de' } },
    ]);
    expect(sent.map((data) => 'template' in data)).toEqual([true, false, false]);
    expect(sent[1]?.payload.application).toBeUndefined();
  });

  test('stand in for ours where a connector was left with them: in the language of the person', async () => {
    const { send, sent, test: sendTest } = messaging(defaultMails);
    await send(code(email, ['zh-HK']));
    await send(code(email, ['en']));
    const about = { recipient: email, usageType: 'SignIn', locales: ['de'], application: 'Acme' };
    await sendTest({ factoryId: 'Email', config: { templates: defaultMails }, ...about });
    const subject = (locale: string) => defaultMailsIn(locale)[0]?.subject;
    expect(sent.map(({ template }) => template?.subject)).toEqual([subject('zh-TW'), undefined, subject('de')]);
    expect(sent[0]?.template?.content).toMatch(/\n\n@id\.example\.com #\{\{code\}\}$/);
  });

  test('are what a test message is made from', async () => {
    const { test: sendTest, sent } = messaging();
    await put('de');
    const about = { recipient: email, usageType: 'SignIn', locales: ['de'], application: 'Acme' };
    await sendTest({ factoryId: 'Email', config: { templates: ownTemplates }, ...about });
    expect(sent).toMatchObject([{ payload: { code: '000000' }, template: { locale: 'de', content: 'de {{code}}' } }]);
    expect(sent[0]?.payload).not.toHaveProperty('link');
  });

  test('with a link have one in a test message as well', async () => {
    const { test: sendTest, sent } = messaging();
    const linked = ownTemplates.map((template) => ({ ...template, content: 'Sign in\n{{link}}\n\n{{code}}' }));
    const about = { recipient: email, usageType: 'SignIn', locales: ['de'], application: 'Acme' };
    await sendTest({ factoryId: 'Email', config: { templates: linked }, ...about });
    expect(sent[0]?.payload.link).toBe('https://id.example/verify');
  });
});
