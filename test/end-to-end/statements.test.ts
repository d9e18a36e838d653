import { beforeAll, afterAll, describe, expect, test, vi } from 'vitest';
import { beginExperience, newServerRelier } from '../setup/experience-client.ts';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { listenToStatements } from '../setup/statements.ts';
import { databases } from '../setup/stores.ts';

// Its statements would be counted as well.
vi.mock(import('../../packages/server/src/jobs/housekeeping.ts'), () => ({ startHousekeeping: () => async () => {} }));

describe.each(databases)('what requests ask of %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await newServer(database);
  });
  afterAll(() => server.close());

  test('a send', async () => {
    const during = listenToStatements();
    const send = () => server.management.post('/verification-codes', { phone: newPhone() });
    await send();
    const show = async (what: string, work: () => Promise<unknown>) => {
      const all = await during(work);
      console.log(database, what, all.length, '\n' + all.map((s) => '   ' + s.slice(0, 160).replace(/\s+/g, ' ')).join('\n'));
    };
    await show('send', send);
    const phone = newPhone();
    await server.management.post('/verification-codes', { phone });
    const { body } = await server.management.get(`/development-inbox?phone=${encodeURIComponent(phone)}`);
    await show('check', () => server.management.post('/verification-codes/verify', { phone, verificationCode: body[0].code }));
    const relier = await newServerRelier(server);
    const client = await beginExperience(server, relier);
    await show('authorize', () => beginExperience(server, relier));
    await show('page', () => client.browser.send(`${server.publicUrl}/sign-in?flow=${client.flow}`));
    await server.services.users.create({ username: 'ali', password: 'a cave full of gold' });
    let b: any;
    await show('password', async () => { b = await client.call('POST', '/verification/password', { identifier: { type: 'username', value: 'ali' }, password: 'a cave full of gold' }) });
    await show('identification', () => client.call('POST', '/identification', { verificationId: b.body.verificationId }));
    let redirectTo = '';
    await show('submit', async () => { redirectTo = (await client.call('POST', '/submit')).body.redirectTo });
    await show('resume + token', () => client.finish(redirectTo));
    await show('machine token', () => server.management.renewToken());
    await show('get', () => server.management.get('/connectors'));
    expect(1).toBe(1);
  });
});
