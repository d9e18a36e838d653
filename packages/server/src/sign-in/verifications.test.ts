import { type ParsedPhone, parsePhone } from '@sesame/connector-kit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { strangerFrom } from '../../../../test/setup/clients.ts';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { ApiError, type ErrorCode } from '../errors.ts';
import { defaultSignInExperience } from '../experience/sign-in-experience.ts';
import { platform } from '../platform.ts';
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
    const phone = parsePhone('+8613800138000') as ParsedPhone;
    const send = verifications.sendCode({ subject, phone, usageType: 'SignIn', client: strangerFrom('192.0.2.1') });
    await expect(send).rejects.toMatchObject({ code });
    return (await listVerifications(store, subject)).length;
  }

  test('leave nothing behind beyond the limits', async () => {
    expect(await leftAfter('request.message_rate_limited')).toBe(0);
  });

  test('stay where the provider failed, for the message may arrive all the same', async () => {
    expect(await leftAfter('connector.general')).toBe(1);
    expect(await leftAfter('request.message_rate_limited')).toBe(1);
  });
});
