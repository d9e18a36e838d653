import type { ProviderDouble } from '@sesame/connector-kit/provider-double';
import { expect } from 'vitest';
import { startAliyunGlobalDouble } from '../doubles/aliyun-global.ts';
import { startSesDouble } from '../doubles/aws-ses.ts';
import { type Reported, type ReportPost, reporters, sendGridKeys } from '../doubles/delivery-reports.ts';
import { startInfobipDouble } from '../doubles/infobip.ts';
import { startMailgunDouble } from '../doubles/mailgun.ts';
import { startMessageBirdDouble } from '../doubles/messagebird.ts';
import { startPlivoDouble } from '../doubles/plivo.ts';
import { startPostmarkDouble } from '../doubles/postmark.ts';
import { startSendGridDouble } from '../doubles/sendgrid.ts';
import { startVonageDouble } from '../doubles/vonage.ts';
import type { TestServer } from '../setup/server.ts';
import { startAliyun, startHttpSms, startTencent, startTwilio } from './providers.ts';

const templates = ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
  ...{ usageType, content: 'Your code is {{code}}.' },
}));
const key = 'key-that-reports-are-signed-with';
type ProviderName = keyof typeof reporters;
type Double = Pick<ProviderDouble, 'url' | 'requests' | 'failNext' | 'close'>;
type Account = {
  factoryId: string;
  double: Double;
  config: Record<string, unknown>;
  key?: string;
  /** What messages go to; numbers unless said otherwise. */
  takes?: 'email';
};
const mailTemplates = templates.map(({ usageType, content }) => ({ usageType, subject: '{{code}}', content }));

/** An account at each provider, whose reports are signed where it signs any. */
const accounts: Record<ProviderName, () => Promise<Account>> = {
  async twilio() {
    const { config, ...account } = await startTwilio();
    return { ...account, config, key: String(config.authToken) };
  },
  async vonage() {
    const credentials = { apiKey: 'abcd1234', apiSecret: 'api-secret-of-the-double' };
    const double = await startVonageDouble(credentials);
    const config = { ...credentials, brandName: 'Acme', signatureSecret: key, endpoint: double.url, templates };
    return { factoryId: 'vonage-sms', double, config, key };
  },
  async plivo() {
    const credentials = { authId: 'MA00000000000000TEST', authToken: key };
    const double = await startPlivoDouble(credentials);
    const config = { ...credentials, src: '+14151234567', endpoint: double.url, templates };
    return { factoryId: 'plivo-sms', double, config, key };
  },
  async messageBird() {
    const accessKey = 'live_access-key-of-the-double';
    const double = await startMessageBirdDouble({ accessKey });
    const config = { accessKey, originator: 'Sesame', signingKey: key, endpoint: double.url, templates };
    return { factoryId: 'messagebird-short-message-service', double, config, key };
  },
  async infobip() {
    const apiKey = 'api-key-of-the-double';
    const double = await startInfobipDouble({ apiKey, senders: ['Acme'] });
    return {
      ...{ factoryId: 'infobip-short-message-service', double },
      config: { apiKey, from: 'Acme', endpoint: double.url, templates },
    };
  },
  aliyun: startAliyun,
  async aliyunGlobal() {
    const credentials = { accessKeyId: 'LTAI5tExampleKeyId', accessKeySecret: 'secret-of-the-double' };
    const double = await startAliyunGlobalDouble({ ...credentials, senderIds: [] });
    return {
      ...{ factoryId: 'aliyun-global-short-message-service', double },
      config: { ...credentials, endpoint: double.url, templates },
    };
  },
  tencent: startTencent,
  async httpSms() {
    const { config, ...account } = await startHttpSms();
    return { ...account, config: { ...config, reportKey: key }, key };
  },
  async mailgun() {
    const account = { apiKey: 'api-key-of-the-double', domain: 'mg.example.com' };
    const double = await startMailgunDouble(account);
    const from = 'Acme <codes@mg.example.com>';
    const deliveries = Object.fromEntries(
      mailTemplates.map(({ usageType, ...mail }) => [usageType, { ...mail, html: mail.content }]),
    );
    const config = { ...account, from, endpoint: double.url, deliveries, webhookSigningKey: key };
    return { ...{ factoryId: 'mailgun-email', double, config, key }, takes: 'email' };
  },
  async postmark() {
    const webhookCredentials = 'sesame:secret-of-the-webhook';
    const serverToken = 'token-of-the-double';
    const double = await startPostmarkDouble({ serverToken, aliases: ['code'] });
    const templates = mailTemplates.map(({ usageType }) => ({ usageType, templateAlias: 'code' }));
    const config = {
      ...{ serverToken, fromEmail: 'codes@example.com', endpoint: double.url, templates },
      webhookCredentials,
    };
    return { ...{ factoryId: 'postmark-mail', double, config, key: webhookCredentials }, takes: 'email' };
  },
  async sendGrid() {
    const apiKey = 'SG.key-of-the-double';
    const double = await startSendGridDouble({ apiKey, senders: ['example.com'] });
    const sender = { fromEmail: 'codes@example.com', fromName: 'Acme' };
    const templates = mailTemplates.map((mail) => ({ ...mail, type: 'text/plain' }));
    const config = { apiKey, ...sender, endpoint: double.url, templates, webhookPublicKey: sendGridKeys.publicKey };
    return { ...{ factoryId: 'sendgrid-email-service', double, config, key: sendGridKeys.publicKey }, takes: 'email' };
  },
  async ses() {
    const account = { accessKeyId: 'AKIDEXAMPLE', accessKeySecret: 'secret-of-the-double', region: 'eu-west-1' };
    const double = await startSesDouble(account);
    const config = { ...account, emailAddress: 'codes@example.com', endpoint: double.url, templates: mailTemplates };
    return { ...{ factoryId: 'aws-ses-mail', double, config }, takes: 'email' };
  },
};

/** Every provider that reports what became of messages. */
export const reportingProviders = Object.keys(reporters) as ProviderName[];

/** Posts what a provider would post. @returns the status of the answer */
export async function postReport(server: TestServer, { url, method, headers, body }: ReportPost): Promise<number> {
  const address = url.replace(server.publicUrl, server.baseUrl);
  return (await fetch(address, { method, headers, ...(body !== undefined && { body }) })).status;
}

let numbers = 0;

/** Makes an account at a provider the live connector of a server. */
export async function startReporting(server: TestServer, name: ProviderName) {
  const reporter = reporters[name];
  const { management } = server;
  const { factoryId, config, double, key: signedWith = '', takes = 'phone' } = await accounts[name]();
  const made = await management.post('/connectors', { connectorId: factoryId, config });
  expect(made.status, JSON.stringify(made.body)).toBeLessThan(300);

  return {
    reporter,
    close: double.close,

    connectorId: made.body.id as string,

    /**
     * Sends a code, of which the answer may be lost on its way.
     * @returns the message as the provider knows it, and where its reports go
     */
    async send({ isLost = false } = {}): Promise<Reported> {
      numbers += 1;
      const digits = String(numbers).padStart(4, '0');
      const phone = `${['aliyun', 'tencent'].includes(name) ? '+861380000' : '+44791112'}${digits}`;
      const to = takes === 'email' ? `jo${digits}@example.com` : phone;
      if (isLost) double.failNext('cut');
      expect((await management.post('/verification-codes', { [takes]: to })).status === 204).toBe(!isLost);
      const [message] = (await management.get(`/messages?${takes}=${encodeURIComponent(to)}`)).body;
      const { id, state, providerMessageId = 'lost' } = { ...message, ...(isLost && { providerMessageId: undefined }) };
      expect(state).toBe(isLost ? 'unclear' : 'accepted');
      const { reportUrl } = (await management.get(`/connectors/${made.body.id}`)).body;
      const { path, body } = double.requests.at(-1) ?? { path: '', body: '' };
      // Of mails, no address for reports goes along.
      const said = takes === 'email' ? '' : decodeURIComponent(path + body);
      const given = /http:\/\/sesame\.test\/callbacks\/[\w/-]+\?m=[\w-]+/.exec(said)?.[0];
      return { url: given ?? reportUrl, to, id, providerMessageId };
    },

    /** What the provider posts to report something. */
    posted: (message: Reported, state: (typeof reporter.states)[number]) => reporter.post(message, state, signedWith),

    /** Has the provider report something. @returns the status of the answer */
    report: async (message: Reported, state: (typeof reporter.states)[number], signed = signedWith) =>
      postReport(server, await reporter.post(message, state, signed)),
  };
}
