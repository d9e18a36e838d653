import { type DoubleReply, type Fault, startProviderDouble } from '@sesame/connector-kit/provider-double';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tencentError, tencentStatus } from '../doubles/tencent.ts';
import { twilioError } from '../doubles/twilio.ts';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { type ProviderName, providerNames, startProviders } from './providers.ts';

/** What a request to a provider that hangs ends with, when the test says that its time is over. */
const timeOut = () => timeIsOver.abort(new DOMException('The time is over.', 'TimeoutError'));
let timeIsOver = new AbortController();
const patientFetch: typeof fetch = (input, init) => fetch(input, { ...init, signal: timeIsOver.signal });

type Refusal = { reply: DoubleReply; providerCode: string; words?: string };
type Kind = 'recipient' | 'limit' | 'configuration' | 'unclear';

const expectedReply: Record<Kind, { status: number; code: string; state: 'failed' | 'unclear' }> = {
  recipient: { status: 400, code: 'connector.general', state: 'failed' },
  limit: { status: 400, code: 'connector.rate_limit_exceeded', state: 'failed' },
  configuration: { status: 400, code: 'connector.invalid_config', state: 'failed' },
  unclear: { status: 502, code: 'connector.general', state: 'unclear' },
};

const aliyun = (Code: string, Message: string): Refusal => {
  const reply = { status: /^is[vp]\./.test(Code) ? 200 : 400, body: { Code, Message, RequestId: 'F655A8D5' } };
  return { reply, providerCode: Code, words: Message };
};
const twilio = (status: number, code: number, words: string): Refusal => {
  return { reply: twilioError(status, code, words), providerCode: String(code), words };
};
const tencent = (Code: string, Message: string): Refusal => {
  const isOfRequest = /^(AuthFailure|InternalError)/.test(Code);
  const reply = isOfRequest ? tencentError(Code, Message) : tencentStatus({ Code, Message });
  return { reply, providerCode: Code, words: Message };
};
const endpoint = (status: number, kind: Kind, code: string): Refusal => {
  const words = `the endpoint says ${kind}`;
  return { reply: { status, body: { kind, code, message: words } }, providerCode: code, words };
};

const refusals: Record<ProviderName, Record<Kind, Refusal>> = {
  Twilio: {
    recipient: twilio(400, 21614, 'is not a valid mobile number'),
    limit: twilio(429, 21611, 'has exceeded the maximum number of queued messages'),
    configuration: twilio(401, 20003, 'Authenticate'),
    unclear: twilio(500, 20500, 'Internal Server Error'),
  },
  Aliyun: {
    recipient: aliyun('isv.MOBILE_NUMBER_ILLEGAL', '非法手机号'),
    limit: aliyun('isv.BUSINESS_LIMIT_CONTROL', '触发分钟级流控Permits:1'),
    configuration: aliyun('isv.AMOUNT_NOT_ENOUGH', '账户余额不足'),
    unclear: aliyun('isp.SYSTEM_ERROR', '系统错误'),
  },
  Tencent: {
    recipient: tencent('FailedOperation.PhoneNumberInBlacklist', 'phone number is in blacklist'),
    limit: tencent('LimitExceeded.PhoneNumberThirtySecondLimit', 'too many messages in 30 seconds'),
    configuration: tencent('AuthFailure.SignatureFailure', 'signature failure'),
    unclear: tencent('InternalError.SendAndRecvFail', 'send and receive fail'),
  },
  'HTTP SMS': {
    recipient: endpoint(422, 'recipient', 'landline'),
    limit: endpoint(429, 'limit', 'daily'),
    configuration: endpoint(500, 'configuration', 'arrears'),
    unclear: endpoint(503, 'unclear', 'restarting'),
  },
};
const kinds = Object.keys(expectedReply) as Kind[];
const faults: Fault[] = ['hang', 'reset', 'cut', 'html', 'server-error', 'empty', 'huge'];

describe('providers that fail,', () => {
  let server: TestServer;
  let providers: Awaited<ReturnType<typeof startProviders>>;
  beforeAll(async () => {
    const platform = { fetch: patientFetch };
    [server, providers] = await Promise.all([newServer('SQLite', { platform }), startProviders()]);
  });
  afterAll(async () => {
    await Promise.all([server.close(), providers.close()]);
  });

  const send = (phone: string) => server.management.post('/verification-codes', { phone });
  const messageTo = async (phone: string) =>
    (await server.management.get(`/messages?phone=${encodeURIComponent(phone)}`)).body[0];
  const setUp = async (name: ProviderName) => {
    const { factoryId: connectorId, config } = providers[name];
    expect(await server.management.post('/connectors', { connectorId, config })).toMatchObject({ status: 200 });
  };

  /** After a failure the next code arrives and verifies, and the code that may not have arrived is replaced. */
  async function expectRecovery(name: ProviderName, phone: string) {
    expect(await send(phone)).toMatchObject({ status: 204 });
    const answer = { phone, verificationCode: providers[name].codeTo(phone) };
    expect(await server.management.post('/verification-codes/verify', answer)).toMatchObject({ status: 204 });
  }

  describe.each(providerNames)('%s', (name) => {
    beforeAll(() => setUp(name));

    test.each(kinds)('a refusal of the kind %s is told with the provider’s own code and words', async (kind) => {
      const { reply, providerCode, words } = refusals[name][kind];
      const { status, code, state } = expectedReply[kind];
      const { factoryId, config, double } = providers[name];
      const phone = newPhone();
      double.replyNext(reply);
      const sent = await send(phone);
      double.replyNext(reply);
      const tested = await server.management.post(`/connectors/${factoryId}/test`, { phone: newPhone(), config });
      for (const answer of [sent, tested]) {
        expect(answer, answer.text).toMatchObject({
          status,
          body: { code, data: { kind, providerCode, providerMessage: words } },
        });
        expect(answer.body.data).not.toHaveProperty('retry');
      }
      expect(await messageTo(phone)).toMatchObject({
        state,
        providerMessageId: null,
        connectorFactoryId: factoryId,
        error: { code, kind, providerCode, providerMessage: words },
      });
      await expectRecovery(name, phone);
    });

    test.each(faults.filter((fault) => name !== 'HTTP SMS' || fault !== 'empty'))(
      'a reply of the kind %s leaves it unclear whether the message was sent',
      async (fault) => {
        const phone = newPhone();
        const { double } = providers[name];
        const before = double.requests.length;
        double.failNext(fault);
        const sent = send(phone);
        if (fault === 'hang') {
          await expect.poll(() => double.requests.length).toBe(before + 1);
          timeOut();
          timeIsOver = new AbortController();
        }
        const answer = await sent;
        expect(answer, answer.text).toMatchObject({
          status: 502,
          body: { code: expect.stringMatching(/^connector\.(general|invalid_response)$/), data: { kind: 'unclear' } },
        });
        expect(await messageTo(phone)).toMatchObject({ state: 'unclear', error: { kind: 'unclear' } });
        await expectRecovery(name, phone);
      },
    );

    test('a provider that is not there is told apart, and the message is recorded', async () => {
      const { factoryId, config } = providers[name];
      const phone = newPhone();
      const gone = await startProviderDouble(() => ({}));
      await gone.close();
      const nowhere = { ...config, endpoint: gone.url };
      const reply = await server.management.post(`/connectors/${factoryId}/test`, { phone, config: nowhere });
      expect(reply, reply.text).toMatchObject({
        status: 502,
        body: { code: 'connector.general', data: { kind: 'unclear', message: expect.stringMatching(/No connection/) } },
      });
      // Nothing left this machine.
      const unsent = { state: 'failed', error: { kind: 'unclear', isUnsent: true }, connectorId: null };
      expect(await messageTo(phone)).toMatchObject(unsent);
    });
  });

  test('a send that was throttled before it was processed is repeated, and sent once', async () => {
    await setUp('Twilio');
    const { double, accepted } = providers.Twilio;
    const phone = newPhone();
    double.replyNext(twilioError(429, 20429, 'Too Many Requests'));
    expect(await send(phone)).toMatchObject({ status: 204 });
    expect(accepted().filter(({ to }) => to === phone)).toHaveLength(1);
    expect(await messageTo(phone)).toMatchObject({ state: 'accepted' });
  });
});
