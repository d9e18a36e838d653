import { afterAll, beforeAll, expect } from 'vitest';
import { beginExperience, type ExperienceClient, newServerRelier } from '../setup/experience-client.ts';
import { type Mails, startMails } from '../setup/mails.ts';
import type { Relier } from '../setup/oidc-flow.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import type { Database } from '../setup/stores.ts';

/** A server whose mails go to mailboxes of the test, and an application. */
export type EmailRig = { server: TestServer; mails: Mails; relier: Relier };

/** Starts one for the tests of a file or a `describe`, in which this is called. */
export function useEmail(database: Database) {
  const rig = {} as EmailRig;
  beforeAll(async () => {
    rig.mails = await startMails();
    rig.server = await newServer(database, { env: rig.mails.env });
    await rig.mails.setUp(rig.server);
    rig.relier = await newServerRelier(rig.server);
  });
  afterAll(async () => {
    await rig.server.close();
    await rig.mails.close();
  });
  return Object.assign(rig, {
    /** Changes the sign-in experience. */
    patch: async (policy: object) =>
      expect(await rig.server.management.patch('/sign-in-exp', policy)).toMatchObject({ status: 200 }),
    begin: (): Promise<ExperienceClient> =>
      beginExperience(rig.server, rig.relier, { parameters: { scope: 'openid profile email phone' } }),
  });
}
