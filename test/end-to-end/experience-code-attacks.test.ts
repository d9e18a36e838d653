import { describe, expect, test } from 'vitest';
import { strangerFrom } from '../setup/clients.ts';
import { stopClock } from '../setup/clock.ts';
import { newPhone } from '../setup/phones.ts';
import { databases } from '../setup/stores.ts';
import { identify, refused, send, submit, useExperience, verify } from './experience-rig.ts';

describe.each(databases)('codes of the Experience API under attack on %s', (database) => {
  const rig = useExperience(database);
  const { begin, newUser, pendingCode } = rig;

  test('a code is good once, in its flow, for its number', async () => {
    const [client, other] = [await begin(), await begin()];
    const { id, code } = await pendingCode(client);
    expect(await verify(other, rig.phone, id, code)).toMatchObject(
      refused(404, 'session.verification_session_not_found'),
    );
    expect(await verify(client, newPhone(), id, code)).toMatchObject(refused(400, 'verification_code.phone_mismatch'));
    expect(await verify(client, '9876543210', id, code)).toMatchObject(
      refused(400, 'verification_code.phone_mismatch'),
    );
    expect(await verify(client, rig.phone, id, code)).toMatchObject({ status: 200 });
    expect(await verify(client, rig.phone, id, code)).toMatchObject(refused(400, 'verification_code.not_found'));
    expect(
      await rig.server.management.post('/verification-codes/verify', { phone: rig.phone, verificationCode: code }),
    ).toMatchObject(refused(400, 'verification_code.not_found'));
  });

  test('a code that another flow asked for just now is not taken for one of this flow', async () => {
    stopClock();
    const [first, second] = [await begin(), await begin()];
    await pendingCode(first);
    expect(await send(second, 'SignIn', rig.phone)).toMatchObject(refused(429, 'request.message_rate_limited'));
    const records = async () => (await second.call('GET', '/interaction')).body.verificationRecords;
    expect(await records()).toEqual([]);
    rig.server.advance(31_000);
    const { id } = await pendingCode(second);
    expect(await records()).toMatchObject([{ id }]);
  });

  test('a code for back ends does not sign in', async () => {
    const client = await begin();
    const { id, code: own } = await pendingCode(client);
    rig.server.advance(31_000);
    await rig.server.management.post('/verification-codes', { phone: rig.phone });
    const code = rig.twilio.codeTo(rig.phone);
    if (code !== own) {
      expect(await verify(client, rig.phone, id, code)).toMatchObject(refused(400, 'verification_code.code_mismatch'));
    }
  });

  test('a code that was not answered says nobody', async () => {
    await newUser();
    const client = await begin();
    const { id } = await pendingCode(client);
    expect(await identify(client, id)).toMatchObject(refused(400, 'session.verification_failed'));
    expect(await submit(client)).toMatchObject(refused(404, 'session.identifier_not_found'));
  });

  test('500 wrong codes at once spend the tries of one code, and the right one is lost', async () => {
    stopClock();
    const client = await begin();
    const { id, code } = await pendingCode(client);
    const wrong = code === '000000' ? '000001' : '000000';
    const key = client.browser.cookies()[`sesame_flow_${client.flow}`];
    const answer = (typed: string, address: string) =>
      rig.server.services.signInFlows.answerCode(
        { id: client.flow, key },
        { id, code: typed, client: strangerFrom(address) },
      );
    const outcomes = await Promise.allSettled(
      // As many networks as a botnet has, so that it is the code's own limit which holds.
      Array.from({ length: 500 }, (_, index) => answer(wrong, `192.0.2.${index % 250}`)),
    );
    const codes = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'right'));
    const count = Object.groupBy(codes, (value) => value);
    expect(count['verification_code.code_mismatch']).toHaveLength(10);
    expect(count.right).toBeUndefined();
    await expect(answer(code, '198.51.100.1')).rejects.toMatchObject({ code: 'verification_code.exceed_max_try' });
  });

  test('wrong codes of one network are limited across numbers', async () => {
    stopClock();
    const address = '203.0.113.9';
    const typed = async () => {
      const client = await begin();
      rig.phone = newPhone();
      const { id, code } = await pendingCode(client);
      const key = client.browser.cookies()[`sesame_flow_${client.flow}`];
      const wrong = code === '000000' ? '000001' : '000000';
      const attempts = Array.from({ length: 9 }, () =>
        rig.server.services.signInFlows.answerCode(
          { id: client.flow, key },
          { id, code: wrong, client: strangerFrom(address) },
        ),
      );
      return (await Promise.allSettled(attempts)).map((outcome) => (outcome as PromiseRejectedResult).reason.code);
    };
    const codes = [];
    for (let number = 0; number < 12; number += 1) codes.push(...(await typed()));
    expect(codes.filter((code) => code === 'request.sign_in_rate_limited')).toHaveLength(8);
    expect(codes.slice(0, 99)).not.toContain('request.sign_in_rate_limited');
  });
});
