import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { twilioError } from '../doubles/twilio.ts';
import type { Reply } from '../setup/management-client.ts';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { databases } from '../setup/stores.ts';
import { type Provider, startTwilio } from './providers.ts';

const second = 1000;
const refused = (code: string, status = 400) => ({ status, body: { code, message: expect.any(String) } });

describe.each(databases)('verification codes on %s', (database) => {
  let server: TestServer;
  let twilio: Provider;
  let phone: string;
  beforeAll(async () => {
    [server, twilio] = await Promise.all([newServer(database), startTwilio()]);
    const { factoryId: connectorId, config } = twilio;
    expect(await server.management.post('/connectors', { connectorId, config })).toMatchObject({ status: 200 });
  });
  afterAll(async () => {
    await Promise.all([server.close(), twilio.double.close()]);
  });
  beforeEach(() => {
    phone = newPhone();
  });

  const send = (to = phone): Promise<Reply> => server.management.post('/verification-codes', { phone: to });
  const verify = (verificationCode: string, to = phone): Promise<Reply> =>
    server.management.post('/verification-codes/verify', { phone: to, verificationCode });
  async function newCode(to = phone): Promise<string> {
    const reply = await send(to);
    expect(reply, reply.text).toMatchObject({ status: 204, text: '' });
    return twilio.codeTo(to);
  }
  const wrongFor = (code: string) => `${(Number(code[0]) + 1) % 10}${code.slice(1)}`;

  test('a right code is taken once', async () => {
    const code = await newCode();
    expect(code).toMatch(/^\d{6}$/);
    expect(await verify(code)).toMatchObject({ status: 204, text: '' });
    expect(await verify(code)).toMatchObject(refused('verification_code.not_found'));
    const { body } = await server.management.get(`/messages?phone=${encodeURIComponent(phone)}`);
    expect(body).toMatchObject([
      { recipient: phone, country: 'CN', usageType: 'Generic', state: 'accepted', verifiedAt: expect.any(Number) },
    ]);
    expect(body[0].providerMessageId).toMatch(/^SM/);
  });

  test('a wrong code is refused in Logto’s words first', async () => {
    const code = await newCode();
    const { body } = await verify(wrongFor(code));
    expect(body.message.startsWith('Invalid verification code.')).toBe(true);
  });

  test('a wrong answer leaves the right one in force and says how many tries are left', async () => {
    const code = await newCode();
    expect(await verify(wrongFor(code))).toMatchObject({
      status: 400,
      body: { code: 'verification_code.code_mismatch', data: { triesLeft: 9 } },
    });
    for (const noCode of ['', 'letters', code.slice(1), `${code}0`, `${code} or ${wrongFor(code)}`]) {
      expect(await verify(noCode)).toMatchObject({
        status: 400,
        body: { code: 'verification_code.code_mismatch', data: { triesLeft: 9 } },
      });
    }
    expect(await verify(` ${code} `)).toMatchObject({ status: 204 });
  });

  test.each<[string, (code: string) => string]>([
    ['in two groups', (code) => `${code.slice(0, 3)} ${code.slice(3)}`],
    ['with a dash', (code) => `${code.slice(0, 3)}\u2013${code.slice(3)}`],
    ['with letters before', (code) => `G-${code}`],
    ['in full-width digits', (code) => code.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))],
    ['in Arabic digits', (code) => code.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)))],
    ['in its message', (code) => `Your code is ${code}. It expires in 10 minutes.\n\n@example.com #${code}`],
  ])('the right code is taken %s', async (_, typedAs) => {
    expect(await verify(typedAs(await newCode()))).toMatchObject({ status: 204 });
  });

  test('the eleventh answer is refused, even the right one, until a new code is sent', async () => {
    const code = await newCode();
    for (let tries = 9; tries >= 0; tries -= 1) {
      expect(await verify(wrongFor(code))).toMatchObject({ body: { data: { triesLeft: tries } } });
    }
    expect(await verify(code)).toMatchObject(refused('verification_code.exceed_max_try'));
    expect(await verify(await newCode())).toMatchObject({ status: 204 });
  });

  test('a code works until its ten minutes are over, and is then expired', async () => {
    const code = await newCode();
    server.advance(599 * second);
    expect(await verify(code)).toMatchObject({ status: 204 });
    const late = await newCode();
    server.advance(601 * second);
    expect(await verify(late)).toMatchObject(refused('verification_code.expired'));
    expect(await verify('000000')).toMatchObject(refused('verification_code.expired'));
    expect(await verify(await newCode())).toMatchObject({ status: 204 });
  });

  test('asked again within half of its life, the same code goes out, and is good for a whole life; then another', async () => {
    const first = await newCode();
    for (const wait of [100, 150]) {
      server.advance(wait * second);
      expect(await newCode()).toBe(first);
    }
    server.advance(51 * second);
    const next = await newCode();
    // One in a million is the same by chance.
    if (next !== first) {
      expect(await verify(first)).toMatchObject(refused('verification_code.code_mismatch'));
    }
    expect(await verify(next)).toMatchObject({ status: 204 });
    // A code that was used is none that goes out again.
    const other = await newCode();
    server.advance(250 * second);
    expect(await newCode()).toBe(other);
    server.advance(500 * second);
    expect(await verify(other)).toMatchObject({ status: 204 });
  });

  test('a code that was answered wrongly too often does not go out again', async () => {
    const tried = await newCode();
    for (let tries = 0; tries < 4; tries += 1) await verify(wrongFor(tried));
    expect(await newCode()).toBe(tried);
    // What was answered wrongly stays counted.
    expect(await verify(wrongFor(tried))).toMatchObject({ body: { data: { triesLeft: 5 } } });
    expect(await newCode()).not.toBe(tried);
  });

  test('a code that was asked for again in vain counts for the message that brought it', async () => {
    const code = await newCode();
    const refusal = twilioError(400, 21610, 'Attempt to send to unsubscribed recipient');
    for (let times = 0; times < 2; times += 1) {
      twilio.double.replyNext(refusal);
      expect(await send()).toMatchObject(refused('connector.general'));
    }
    const outcomes = async () => {
      const { body } = await server.management.get(`/messages?phone=${encodeURIComponent(phone)}`);
      return (body as { outcome: string }[]).map(({ outcome }) => outcome);
    };
    expect(await verify(code)).toMatchObject({ status: 204 });
    expect(await outcomes()).toEqual(['failed', 'failed', 'verified']);
    // Where a message may be out, nobody can tell which was read.
    const other = await newCode();
    twilio.double.failNext('cut');
    expect((await send()).status).not.toBe(204);
    expect(await verify(other)).toMatchObject({ status: 204 });
    expect((await outcomes()).slice(0, 2)).toEqual(['verified', 'accepted']);
  });

  test('each message has its own code where the policy says so, and after a change of the length', async () => {
    const change = (verificationCodePolicy: object) =>
      server.management.patch('/sign-in-exp', { verificationCodePolicy });
    const first = await newCode();
    await change({ codeLength: 5 });
    const short = await newCode();
    expect(short).toHaveLength(5);
    expect(await newCode()).toBe(short);
    await change({ codeLength: 6, newCodeEachTime: true });
    const codes = [first, await newCode(), await newCode(), await newCode()];
    await change({ newCodeEachTime: false });
    expect(new Set(codes).size).toBe(4);
  });

  test('a code of one number is not the code of another', async () => {
    const other = newPhone();
    const code = await newCode();
    let otherCode = await newCode(other);
    while (otherCode === code) otherCode = await newCode(other);
    expect(await verify(code, other)).toMatchObject(refused('verification_code.code_mismatch'));
    expect(await verify(code)).toMatchObject({ status: 204 });
  });

  test('of three hundred answers at once one succeeds and at most ten are taken as tries', async () => {
    const code = await newCode();
    const answers = Array.from({ length: 300 }, (_, index) => verify(index % 6 === 5 ? wrongFor(code) : code));
    const replies = await Promise.all(answers);
    const count = (test: (reply: Reply) => boolean) => replies.filter(test).length;
    expect(count(({ status }) => status === 204)).toBe(1);
    expect(count(({ body }) => body.code === 'verification_code.code_mismatch')).toBeLessThan(10);
    expect(count(({ status }) => status !== 204 && status !== 400)).toBe(0);
    expect(await verify(code)).toMatchObject(refused('verification_code.not_found'));
  });

  test('of three hundred wrong answers at once ten are taken as tries', async () => {
    const code = await newCode();
    const replies = await Promise.all(Array.from({ length: 300 }, () => verify(wrongFor(code))));
    const codes = Map.groupBy(replies, ({ body }) => body.code);
    expect(codes.get('verification_code.code_mismatch')).toHaveLength(10);
    expect(codes.get('verification_code.exceed_max_try')).toHaveLength(290);
    expect(await verify(code)).toMatchObject(refused('verification_code.exceed_max_try'));
  });

  // What follows is decided whatever the database.
  if (database !== 'SQLite') return;

  test('a number without a code is answered not_found, whatever the answer looks like', async () => {
    for (const answer of ['123456', '', 'letters', '１２３４５６']) {
      expect(await verify(answer)).toMatchObject(refused('verification_code.not_found'));
    }
  });

  test.each(['+19005551234', '+18005551234', '+881612345678', '+979123456789'])('no code goes to %s', async (to) => {
    expect(await send(to)).toMatchObject(refused('phone.cannot_receive_sms'));
  });

  test('every spelling of a number is the same number', async () => {
    const digits = phone.slice(3);
    const spellings = [`86${digits}`, `+86 ${digits.slice(0, 3)} ${digits.slice(3)}`, `+86-${digits}`, phone];
    for (const [index, spelling] of spellings.entries()) {
      expect(await send(spelling), spelling).toMatchObject({ status: 204 });
      expect(twilio.accepted().at(-1)?.to).toBe(phone);
      const next = spellings[(index + 1) % spellings.length];
      expect(await verify(twilio.codeTo(phone), next), next).toMatchObject({ status: 204 });
    }
  });

  test.each(['', '12', '+1', 'phone', '+8613800138000000000', '+999123456789', '+86 12'])(
    'the number %j is refused with the field that is wrong',
    async (spelling) => {
      const data = { issues: [{ in: 'body', path: 'phone' }] };
      expect(await send(spelling)).toMatchObject({ status: 400, body: { code: 'guard.invalid_input', data } });
      // No code went there, in Logto's words.
      const none = await verify('123456', spelling);
      expect(none).toMatchObject({ status: 400, body: { code: 'verification_code.not_found', data } });
      const wrong = await verify('any_string', spelling);
      expect(wrong).toMatchObject({ status: 400, body: { code: 'verification_code.code_mismatch', data } });
      expect(wrong.body.message).toMatch(/^Invalid verification code\./);
    },
  );
});
