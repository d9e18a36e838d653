import * as client from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { beginExperience, type ExperienceClient, moveTo, newServerRelier } from '../setup/experience-client.ts';
import { offline, type Relier } from '../setup/oidc-flow.ts';
import { startTestServer, type TestServer } from '../setup/server.ts';
import { newMigratedLocation } from '../setup/stores.ts';

const password = 'a cave full of gold';

describe('two processes on one PostgreSQL, the clock of one an hour ahead and that of the other one behind', () => {
  let ahead: TestServer;
  let behind: TestServer;
  let reliers: Map<TestServer, Relier>;
  let remove: () => Promise<void>;
  let owner: { id: string; username: string };
  let count = 0;
  beforeAll(async () => {
    const place = await newMigratedLocation('PostgreSQL');
    remove = place.remove;
    const offBy = (milliseconds: number) => ({
      followsDatabaseClock: true,
      platform: { now: () => Date.now() + milliseconds },
    });
    ahead = await startTestServer(place.location, offBy(3_600_000));
    behind = await startTestServer(place.location, offBy(-3_600_000));
    reliers = new Map([
      [ahead, await newServerRelier(ahead)],
      [behind, await newServerRelier(behind)],
    ]);
  });
  afterAll(async () => {
    await Promise.all([ahead.close(), behind.close()]);
    await remove();
  });
  beforeEach(async () => {
    count += 1;
    owner = await ahead.services.users
      .create({ username: `ali_${count}`, password })
      .then(({ id }) => ({ id, username: `ali_${count}` }));
  });

  async function prove(server: TestServer, parameters = {}): Promise<{ flow: ExperienceClient; proof: string }> {
    const flow = await beginExperience(server, reliers.get(server) as Relier, { parameters });
    const identifier = { type: 'username', value: owner.username };
    const { body } = await flow.call('POST', '/verification/password', { identifier, password });
    return { flow, proof: body.verificationId };
  }
  async function signIn(server: TestServer, parameters = {}) {
    const { flow, proof } = await prove(server, parameters);
    await flow.call('POST', '/identification', { verificationId: proof });
    const { body } = await flow.call('POST', '/submit');
    return { flow, tokens: await flow.finish(body.redirectTo) };
  }
  const endAll = (server: TestServer) => server.services.userSessions.endAll(owner.id);

  test.each(['ahead', 'behind'])('what was proven %s is void once the other one has ended it', async (which) => {
    const [here, there] = which === 'ahead' ? [ahead, behind] : [behind, ahead];
    const { flow, proof } = await prove(here);
    await flow.call('POST', '/identification', { verificationId: proof });
    const { body } = await flow.call('POST', '/submit');
    await endAll(there);
    expect((await flow.browser.visit(body.redirectTo)).response.status).toBe(400);
    expect((await flow.call('POST', '/submit')).body).toMatchObject({ code: 'session.verification_failed' });
  });

  test.each(['ahead', 'behind'])(
    'the owner signs in at once after the one %s has ended what there was',
    async (which) => {
      const [here, there] = which === 'ahead' ? [ahead, behind] : [behind, ahead];
      await endAll(here);
      // They agree to as many milliseconds as a look at the database takes, which on a busy machine are some.
      const endedAt = here.services.platform.now();
      await vi.waitFor(() => expect(there.services.platform.now()).toBeGreaterThan(endedAt), 10_000);
      const { tokens } = await signIn(there);
      expect(tokens.claims()?.sub).toBe(owner.id);
      await expect(
        client.fetchUserInfo((reliers.get(there) as Relier).configuration, tokens.access_token, owner.id),
      ).resolves.toMatchObject({ sub: owner.id });
    },
  );

  test('a sign-in that began at one goes on at the other', async () => {
    const { flow, proof } = await prove(ahead);
    const moved = moveTo(behind, flow);
    expect((await moved.call('POST', '/identification', { verificationId: proof })).status).toBe(204);
    expect((await moved.call('POST', '/submit')).status).toBe(200);
  });

  test('two tabs refresh at once, one at each', async () => {
    const { tokens } = await signIn(ahead, offline);
    const refresh = (server: TestServer) => {
      const { configuration } = reliers.get(ahead) as Relier;
      configuration[client.customFetch] = (url, options) =>
        fetch(url.replace(server.publicUrl, server.baseUrl), options as RequestInit);
      return client.refreshTokenGrant(configuration, tokens.refresh_token ?? '');
    };
    for (const server of [ahead, behind, ahead]) expect((await refresh(server)).access_token).toBeTruthy();
  });
});
