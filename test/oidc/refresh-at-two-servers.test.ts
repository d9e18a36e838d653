import * as client from 'openid-client';
import { expect, test } from 'vitest';
import { beginExperience, newServerRelier } from '../setup/experience-client.ts';
import { offline } from '../setup/oidc-flow.ts';
import { startTestServer } from '../setup/server.ts';
import { newMigratedLocation } from '../setup/stores.ts';

test('of two servers on one PostgreSQL, each answers what the other has refreshed, until the grace is over', async () => {
  const { location, remove } = await newMigratedLocation('PostgreSQL');
  // The grace is counted on a clock that stands still, however slow the machine.
  let now = Date.now();
  const clock = { platform: { now: () => now } };
  const servers = [await startTestServer(location, clock), await startTestServer(location, clock)] as const;
  const [one, other] = servers;
  const [username, password] = ['ali', 'a cave full of gold'];
  await one.services.users.create({ username, password });
  const relier = await newServerRelier(one);
  const flow = await beginExperience(one, relier, { parameters: offline });
  const { body } = await flow.call('POST', '/verification/password', {
    identifier: { type: 'username', value: username },
    password,
  });
  await flow.call('POST', '/identification', { verificationId: body.verificationId });
  const { refresh_token: first = '' } = await flow.finish((await flow.call('POST', '/submit')).body.redirectTo);

  let requests = 0;
  relier.configuration[client.customFetch] = (url, options) => {
    requests += 1;
    return fetch(url.replace(one.publicUrl, (requests % 2 ? one : other).baseUrl), options as RequestInit);
  };
  const refresh = (token = '') => client.refreshTokenGrant(relier.configuration, token);
  const invalidGrant = { error: 'invalid_grant' };

  const many = await Promise.all(Array.from({ length: 20 }, () => refresh(first)));
  const next = await Promise.all(many.map(({ refresh_token }) => refresh(refresh_token)));
  expect(requests).toBe(40);
  now += 10_000;
  await expect(refresh(first)).rejects.toMatchObject(invalidGrant);
  for (const { refresh_token } of next) await expect(refresh(refresh_token)).rejects.toMatchObject(invalidGrant);

  for (const server of servers) await server.close();
  await remove();
});
