import { describe, expect, test } from 'vitest';
import { beginExperience, type ExperienceClient, moveTo, newServerRelier } from '../setup/experience-client.ts';
import { newPhone } from '../setup/phones.ts';
import { startTestServer } from '../setup/server.ts';
import { databases, newMigratedLocation } from '../setup/stores.ts';
import { password, provePassword } from './by-password.ts';
import {
  change,
  type Event,
  identify,
  refused,
  restart,
  send,
  submit,
  useExperience,
  verify,
} from './experience-rig.ts';
import { startHttpSms } from './providers.ts';

describe.each(databases)('what changes in the middle of a sign-in on %s', (database) => {
  const rig = useExperience(database);
  const { begin, newUser, pendingCode, prove } = rig;
  /** As hosted pages do when another tab has made something else of the flow. */
  const takeUp = ({ flow: id, browser }: ExperienceClient, event: Event) =>
    rig.server.services.signInFlows.takeUp({ id, key: browser.cookies()[`sesame_flow_${id}`] }, event);

  test('what was proven to sign in does not reset a password, and the other way round', async () => {
    await newUser();
    const client = await begin();
    const id = await prove(client);
    await identify(client, id);
    await takeUp(client, 'ForgotPassword');
    expect(await client.call('PUT', '/profile/password', { password: 'forty thieves' })).toMatchObject(
      refused(404, 'session.identifier_not_found'),
    );
    expect(await identify(client, id)).toMatchObject(refused(400, 'session.verification_failed'));

    const other = await begin();
    await restart(other, 'ForgotPassword');
    rig.server.advance(31_000);
    const reset = await prove(other, 'ForgotPassword');
    await identify(other, reset);
    await takeUp(other, 'SignIn');
    expect(await submit(other)).toMatchObject(refused(404, 'session.identifier_not_found'));
    expect(await identify(other, reset)).toMatchObject(refused(400, 'session.verification_failed'));
  });

  test('a number that moved to another account while its code was out signs in to that one only', async () => {
    const { id: before } = await newUser();
    const client = await begin();
    await restart(client, 'ForgotPassword');
    const proof = await prove(client, 'ForgotPassword');
    await identify(client, proof);
    await client.call('PUT', '/profile/password', { password: 'forty thieves outside' });
    await rig.server.services.users.update(before, { primaryPhone: newPhone() });
    await newUser();
    expect(await submit(client)).toMatchObject(refused(400, 'session.verification_failed'));
    const { users } = rig.server.services;
    expect(await users.isPassword(before, 'forty thieves outside')).toBe(false);
  });

  test('a user who is suspended in the middle gets no further', async () => {
    const { id } = await newUser();
    const client = await begin();
    const proof = await prove(client);
    await identify(client, proof);
    const done = await submit(client);
    await rig.server.services.users.setSuspended(id, true);
    expect(await identify(client, proof)).toMatchObject(refused(404, 'session.verification_session_not_found'));
    expect(await submit(client)).toMatchObject(refused(401, 'user.suspended'));
    await expect(client.finish(done.body.redirectTo)).rejects.toThrow();
  });

  test('what was proven is too old after ten minutes, before the end and at the end', async () => {
    await newUser();
    const [client, late] = [await begin(), await begin()];
    const proof = await prove(client);
    await identify(client, proof);
    rig.server.advance(31_000);
    await identify(late, await prove(late));
    const done = await submit(late);
    rig.server.advance(10 * 60_000);
    expect(await submit(client)).toMatchObject(refused(400, 'session.verification_failed'));
    await expect(late.finish(done.body.redirectTo)).rejects.toThrow();
  });

  test('a password that was right signs in no more once there is another', async () => {
    const username = `ali_${rig.phone.slice(-8)}`;
    const { id } = await rig.server.services.users.create({ username, password });
    const [before, after] = [await begin(), await begin()];
    for (const client of [before, after]) {
      await identify(client, await provePassword(client, username));
    }
    const done = await submit(after);
    await rig.server.services.users.setPassword(id, 'forty thieves outside');
    expect(await submit(before)).toMatchObject(refused(400, 'session.verification_failed'));
    await expect(after.finish(done.body.redirectTo)).rejects.toThrow();
  });

  test('a connector that is replaced in the middle changes nothing', async () => {
    await newUser();
    const client = await begin();
    const { id, code } = await pendingCode(client);
    const http = await startHttpSms();
    await rig.server.management.post('/connectors', { connectorId: http.factoryId, config: http.config });
    expect(await verify(client, rig.phone, id, code)).toMatchObject({ status: 200 });
    await identify(client, id);
    const { body } = await submit(client);
    expect((await client.finish(body.redirectTo)).access_token).toEqual(expect.any(String));
    await rig.server.management.post('/connectors', { connectorId: rig.twilio.factoryId, config: rig.twilio.config });
    await http.double.close();
  });
});

describe.each(databases)('a sign-in on %s', (database) => {
  test('goes on after a restart, and at another process', async () => {
    const { location, remove } = await newMigratedLocation(database);
    const env = { SESAME_PUBLIC_URL: 'http://sesame.test' };
    const first = await startTestServer(location, { env });
    const http = await startHttpSms();
    await first.management.post('/connectors', { connectorId: http.factoryId, config: http.config });
    const phone = newPhone();
    const relier = await newServerRelier(first);
    const client = await beginExperience(first, relier);
    await change(client, 'Register');
    const { body: sent } = await send(client, 'Register', phone);
    await first.close();

    const second = await startTestServer(location, { env });
    const moved = moveTo(second, client);
    expect(await verify(moved, phone, sent.verificationId, http.codeTo(phone))).toMatchObject({ status: 200 });
    const third = database === 'PostgreSQL' ? await startTestServer(location, { env }) : second;
    const movedAgain = moveTo(third, moved);
    expect(await identify(movedAgain, sent.verificationId)).toMatchObject({ status: 201 });
    expect(await submit(movedAgain)).toMatchObject({
      status: 200,
      body: { redirectTo: expect.stringContaining('/oidc/auth/') },
    });
    for (const server of new Set([second, third])) await server.close();
    await http.double.close();
    await remove();
  });
});
