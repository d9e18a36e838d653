import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newDevices, strangerFrom } from '../../../../test/setup/clients.ts';
import { platform } from '../../../../test/setup/platform.ts';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { createPasswords, type Passwords } from '../accounts/passwords.ts';
import { createUsers } from '../accounts/users.ts';
import { ApiError, type ErrorCode } from '../errors.ts';
import { defaultSignInExperience } from '../experience/sign-in-experience.ts';
import { type Recipient, readRecipient } from '../messaging/recipient.ts';
import type { Store } from '../store/store.ts';
import { listVerifications } from '../store/verifications.ts';
import { createVerifications } from './verifications.ts';

const subject = 'flow:1';

describe.each(databases)('codes that are refused on %s', (database) => {
  let store: Store;
  beforeEach(async () => {
    store = await newStore(database);
  });
  afterEach(() => store.close());

  /** Asks for a code, which is refused. @returns how many verifications are left behind */
  async function leftAfter(code: ErrorCode): Promise<number> {
    const verifications = createVerifications({
      store,
      platform,
      experience: { read: async () => defaultSignInExperience },
      codes: {
        start: async () => {
          throw new ApiError(code);
        },
      },
      publicUrl: 'http://sesame.test',
    } as unknown as Parameters<typeof createVerifications>[0]);
    const send = verifications.sendCode({
      subject,
      recipient: readRecipient('+8613800138000') as Recipient,
      usageType: 'SignIn',
      wording: {},
      client: strangerFrom('192.0.2.1'),
    });
    await expect(send).rejects.toMatchObject({ code });
    return (await listVerifications(store, subject)).length;
  }

  test.each(['request.message_rate_limited', 'phone.cannot_receive_sms'] as const)(
    'leave nothing behind: %s',
    async (code) => {
      expect(await leftAfter(code)).toBe(0);
    },
  );

  test('stay where the provider failed, for the message may arrive all the same', async () => {
    expect(await leftAfter('connector.general')).toBe(1);
    expect(await leftAfter('request.message_rate_limited')).toBe(1);
  });
});

describe.each(databases)('a password that is replaced while it is checked on %s', (database) => {
  const typed = { password: 'password', client: strangerFrom('192.0.2.1') };
  const ofPassword = '["sha256", ["@"], "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8"]';
  let store: Store;
  beforeEach(async () => {
    store = await newStore(database);
  });
  afterEach(() => store.close());

  const usersOf = (passwords = createPasswords(platform)) =>
    createUsers({ store, platform, passwords, devices: newDevices(store) });

  /** Checks the password `password`, with something happening once it was found to be right. */
  async function checkWhile(passwordDigest: string | undefined, meanwhile: (id: string) => Promise<unknown>) {
    const passwords = createPasswords(platform);
    let happens = async () => {};
    const verify: Passwords['verify'] = async (...typed) => {
      const isRight = await passwords.verify(...typed);
      await happens();
      return isRight;
    };
    const kept = passwordDigest ?? (await passwords.hash('password'));
    const { id } = await usersOf().create({ username: 'ali', passwordDigest: kept });
    happens = async () => {
      happens = async () => {};
      await meanwhile(id);
    };
    const verifications = createVerifications({
      store,
      platform,
      users: usersOf({ ...passwords, verify }),
      publicUrl: 'http://sesame.test',
    } as unknown as Parameters<typeof createVerifications>[0]);
    return verifications.checkPassword(subject, { username: 'ali' }, typed);
  }

  test.each([undefined, ofPassword])('proves nothing (%s)', async (digest) => {
    const replace = (id: string) => usersOf().setPassword(id, 'forty thieves outside');
    await expect(checkWhile(digest, replace)).rejects.toMatchObject({ code: 'session.invalid_credentials' });
    expect(await listVerifications(store, subject)).toEqual([]);
  });

  test.each([undefined, ofPassword])('proves itself where another sign-in was faster (%s)', async (digest) => {
    const { id } = await checkWhile(digest, () => usersOf().findByPassword({ username: 'ali' }, typed));
    expect(await listVerifications(store, subject)).toMatchObject([{ id }]);
  });
});
