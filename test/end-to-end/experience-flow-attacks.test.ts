import { describe, expect, test } from 'vitest';
import { beginExperience } from '../setup/experience-client.ts';
import { newPhone } from '../setup/phones.ts';
import { databases } from '../setup/stores.ts';
import { identify, refused, submit, useExperience, verify } from './experience-rig.ts';

const ended = refused(400, 'session.not_found');

describe.each(databases)('flows of the Experience API under attack on %s', (database) => {
  const rig = useExperience(database);
  const { begin, newUser, pendingCode, prove } = rig;
  const url = (path: string) => `${rig.server.publicUrl}/api/experience${path}`;

  test('cookies that were copied before the proof open nothing after it', async () => {
    await newUser();
    const client = await begin();
    const thief = client.browser.copy();
    const id = await prove(client);
    const stolen = { ...client, call: (method: string, path: string) => thief.send(url(path), { method }) };
    expect((await stolen.call('GET', '/interaction')).status).toBe(400);
    await identify(client, id);
    const { body } = await submit(client);
    const resumed = await thief.visit(body.redirectTo);
    expect([resumed.response.status, resumed.url.origin]).toEqual([400, rig.server.publicUrl]);
    expect((await client.finish(body.redirectTo)).access_token).toEqual(expect.any(String));
  });

  test('a result is not handed to another browser under the name of its own flow', async () => {
    await newUser();
    const victim = await begin();
    const attacker = await begin();
    await identify(victim, await prove(victim));
    const { body } = await submit(victim);
    rig.phone = newPhone();
    await newUser();
    await identify(attacker, await prove(attacker));
    await submit(attacker);
    const cookies = attacker.browser.cookies();
    const key = cookies[`sesame_flow_${attacker.flow}`] ?? '';
    // The victim's flow with the attacker's key, under both names that the key can have.
    for (const name of [`sesame_flow_${attacker.flow}`, `sesame_flow_${victim.flow}`]) {
      const response = await fetch(`${rig.server.baseUrl}/oidc/auth/${victim.flow}`, {
        redirect: 'manual',
        headers: { cookie: `${name}=${key}` },
      });
      expect([response.status, response.headers.get('location')]).toEqual([400, null]);
    }
    expect((await victim.finish(body.redirectTo)).access_token).toEqual(expect.any(String));
  });

  test('two tabs of one browser each end where they began', async () => {
    const first = await begin();
    const users = [await newUser()];
    const { id, code } = await pendingCode(first);
    const tab = await beginExperience(rig.server, rig.relier, { browser: first.browser });
    // The second tab took over the interaction cookie; the first one's number is unknown in it.
    expect(await verify(tab, rig.phone, id, code)).toMatchObject(
      refused(404, 'session.verification_session_not_found'),
    );
    rig.server.advance(31_000);
    const again = await prove(tab);
    await identify(tab, again);
    const { body } = await submit(tab);
    expect((await tab.finish(body.redirectTo)).claims()).toMatchObject({ sub: users[0]?.id });
  });

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another origin', { origin: 'https://evil.example' }],
  ])('a request of %s is refused, whatever cookies come with it', async (_what, headers) => {
    const client = await begin();
    const reply = await client.browser.send(url(''), {
      method: 'PUT',
      body: JSON.stringify({ interactionEvent: 'Register' }),
      headers: { 'content-type': 'application/json', ...headers },
    });
    expect([reply.status, (await reply.json()).code]).toEqual([403, 'auth.forbidden']);
  });

  test('without the cookies of a sign-in there is nothing to do', async () => {
    const client = await begin();
    const stranger = await fetch(`${rig.server.baseUrl}/api/experience/interaction`);
    expect([stranger.status, (await stranger.json()).code]).toEqual([400, 'session.not_found']);
    rig.server.advance(61 * 60_000);
    expect(await client.call('GET', '/interaction')).toMatchObject(ended);
  });
});
