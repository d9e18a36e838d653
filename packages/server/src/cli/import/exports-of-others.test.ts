import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { created, useImport } from '../../../../../test/setup/import.ts';
import { platform } from '../../../../../test/setup/platform.ts';
import { purposes } from '../../secrets/purposes.ts';
import { checkSecretKey } from '../../secrets/secret-key-check.ts';
import { deriveSecretKeys, type SecretKeys } from '../../secrets/secret-keys.ts';
import { findAuthenticatorOf } from '../../store/authenticators.ts';

const firebaseHash = {
  passwordHash: 'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
  salt: '42xEC+ixf3L2lw==',
};
const signerKey = 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==';
const hashConfig = `hash_config {
  algorithm: SCRYPT,
  base64_signer_key: ${signerKey},
  base64_salt_separator: Bw==,
  rounds: 8,
  mem_cost: 14,
}`;

// What is in a file is read before any database is asked.
describe('sesame import takes exports', () => {
  const rig = useImport('SQLite');
  const { run, user, isPassword, count } = rig;
  /** Gives the database a secret key, as a first start does. */
  async function giveKey() {
    rig.env = { ...rig.env, SESAME_SECRET_KEY: 'a secret key of more than 32 characters' };
    return checkSecretKey(rig.store, [deriveSecretKeys(rig.env.SESAME_SECRET_KEY ?? '')], platform);
  }
  async function appSecretOf(id: string, { decrypt }: SecretKeys) {
    const row = await findAuthenticatorOf(rig.store, id);
    return row && decrypt(row.secret, purposes.userAuthenticator(id));
  }

  test('from Firebase as JSON, with passwords', async () => {
    const users = [
      { localId: 'kQ1aB2', phoneNumber: '+8613800138000', createdAt: '1500000000000', lastSignedInAt: '1600000000000' },
      {
        localId: 'kQ1aB3',
        email: 'ali@example.com',
        emailVerified: true,
        ...firebaseHash,
        displayName: 'Ali "}" Baba',
        photoUrl: 'https://example.com/ali.png',
        disabled: true,
        customAttributes: '{"role":"chief"}',
        providerUserInfo: [{ providerId: 'google.com', rawId: '7', email: 'ali@example.com' }],
      },
    ];
    await writeFile(join(rig.folder, 'hash.txt'), hashConfig);
    const file = JSON.stringify({ users }, null, 2);
    expect((await run(file, '--from', 'firebase')).complained.join()).toContain('--hash-config');
    const { code, printed } = await run(file, '--from', 'firebase', '--hash-config', 'hash.txt');
    expect([code, printed]).toEqual([0, created(2)]);
    expect(await user('kQ1aB2')).toMatchObject({
      primaryPhone: '+8613800138000',
      createdAt: 1_500_000_000_000,
      lastSignInAt: 1_600_000_000_000,
      customData: { importedId: 'kQ1aB2' },
      hasPassword: false,
    });
    expect(await user('kQ1aB3')).toMatchObject({
      name: 'Ali "}" Baba',
      primaryEmail: 'ali@example.com',
      avatar: 'https://example.com/ali.png',
      isSuspended: true,
      customData: {
        importedId: 'kQ1aB3',
        imported: { customAttributes: { role: 'chief' } },
      },
    });
    expect(JSON.stringify((await user('kQ1aB3')).customData)).not.toContain(firebaseHash.passwordHash);
    expect(await isPassword('kQ1aB3', 'user1password')).toBe(true);
  });

  test('from Firebase as CSV, which has no header', async () => {
    const blank = Array(16).fill('');
    const row = [
      'kQ1aB2',
      '',
      'false',
      '',
      '',
      'Ali, Baba',
      '',
      ...blank,
      '1500000000000',
      '',
      '+8613800138000',
      'true',
      '',
    ];
    expect((await run(`${row.map((value) => `"${value}"`).join(',')}\n`, '--from', 'firebase')).printed).toBe(
      created(1),
    );
    expect(await user('kQ1aB2')).toMatchObject({
      name: 'Ali, Baba',
      primaryPhone: '+8613800138000',
      isSuspended: true,
      createdAt: 1_500_000_000_000,
    });
  });

  test('from Clerk: several numbers and addresses, of which one is primary; those that are not verified sign nobody in', async () => {
    const columns = [
      ...['id', 'first_name', 'last_name', 'username', 'primary_email_address', 'primary_phone_number'],
      ...['verified_email_addresses', 'unverified_email_addresses', 'verified_phone_numbers'],
      ...['unverified_phone_numbers', 'totp_secret', 'password_digest', 'password_hasher'],
    ];
    const ali = {
      ...{ id: 'user_1', first_name: 'Ali', last_name: 'Baba', primary_phone_number: '+8613800138000' },
      ...{ verified_phone_numbers: '+8613800138001,+8613800138000,+8613800138002' },
      ...{ unverified_phone_numbers: '+8613800138003', primary_email_address: 'ali@example.com' },
      ...{ verified_email_addresses: 'ali@example.com|baba@example.com' },
      ...{ password_digest: '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW', password_hasher: 'bcrypt' },
    };
    const cassim = {
      ...{ id: 'user_2', primary_phone_number: '+8613800138004', unverified_phone_numbers: '+8613800138004' },
      ...{ verified_phone_numbers: '+8613800138005' },
    };
    const lineOf = (record: Record<string, string>) => columns.map((name) => `"${record[name] ?? ''}"`).join(',');
    const file = `${[columns.join(','), lineOf(ali), lineOf(cassim)].join('\n')}\n`;
    const { code, printed, complained } = await run(file, '--from', 'clerk');
    expect([code, printed, complained]).toEqual([0, created(2), []]);
    expect(await user('user_1')).toMatchObject({
      ...{ name: 'Ali Baba', primaryPhone: '+8613800138000', primaryEmail: 'ali@example.com', hasPassword: true },
      ...{ otherPhones: ['+8613800138001', '+8613800138002'], otherEmails: ['baba@example.com'] },
      customData: { importedId: 'user_1', imported: { unverified_phone_numbers: ['+8613800138003'] } },
    });
    expect(await user('user_2')).toMatchObject({ primaryPhone: '+8613800138005' });
    expect((await user('user_2')).otherPhones).toBeUndefined();
    // The same as JSON.
    const again = await run(JSON.stringify([ali]), '--from', 'clerk');
    expect([again.code, again.complained]).toEqual([0, []]);
    expect((await run('id,name\n', '--from', 'clerk')).complained.join()).toContain('columns of Clerk');
  });

  test('from Auth0: an export, packed; then the hashes of its support', async () => {
    const lines = [
      {
        user_id: 'sms|5f7c8ec7c33c6c004bbafe82',
        phone_number: '+8613800138000',
        name: '+8613800138000',
        phone_verified: true,
      },
      { user_id: 'sms|5f7c8ec7c33c6c004bbafe83', name: '+12025550143', created_at: '2020-01-02T03:04:05.678Z' },
      {
        user_id: 'auth0|5f7c8ec7c33c6c004bbafe84',
        username: 'ali',
        given_name: 'Ali',
        blocked: true,
        user_metadata: { cave: 40 },
        mfa_factors: [{ totp: { secret: 'JBSWY3DPEHPK3PXP' } }, { phone: { value: '+12025550144' } }],
      },
    ];
    const file = gzipSync(lines.map((line) => JSON.stringify(line)).join('\n'));
    const withoutKey = await run(file, '--from', 'auth0');
    expect([withoutKey.code, withoutKey.complained.join()]).toEqual([
      1,
      expect.stringContaining('under the secret key'),
    ]);
    expect(await count()).toBe(0);
    const secretKeys = await giveKey();
    const { code, printed, complained } = await run(file, '--from', 'auth0');
    const complaint = 'Line 3: Second factors other than an authenticator app are left behind.';
    expect([code, printed, complained]).toEqual([0, created(3), [complaint]]);
    expect(await user('sms|5f7c8ec7c33c6c004bbafe83')).toMatchObject({
      primaryPhone: '+12025550143',
      name: null,
      createdAt: Date.UTC(2020, 0, 2, 3, 4, 5, 678),
    });
    expect(await appSecretOf('auth0|5f7c8ec7c33c6c004bbafe84', secretKeys)).toBe('JBSWY3DPEHPK3PXP');
    const ali = { username: 'ali', isSuspended: true, profile: { givenName: 'Ali' } };
    const customData = { importedId: 'auth0|5f7c8ec7c33c6c004bbafe84', imported: { user_metadata: { cave: 40 } } };
    expect(await user('auth0|5f7c8ec7c33c6c004bbafe84')).toMatchObject({ ...ali, customData, hasPassword: false });
    const hashes = {
      _id: { $oid: '5f7c8ec7c33c6c004bbafe84' },
      email: 'ali@example.com',
      passwordHash: '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
    };
    expect((await run(JSON.stringify(hashes), '--from', 'auth0', '--upsert')).printed).toContain('changed: 1');
    expect(await user('auth0|5f7c8ec7c33c6c004bbafe84')).toMatchObject({ ...ali, customData });
    expect(await isPassword('auth0|5f7c8ec7c33c6c004bbafe84', 'U*U')).toBe(true);
  });

  test('secrets of authenticator apps from a table, changed and taken away with --upsert', async () => {
    const secretKeys = await giveKey();
    const table = ['id,username,totpSecret', 'one,ali,GEZD GNBV GY3T QOJQ', 'two,cassim,', 'three,morgiana,short'];
    const first = await run(table.join('\n'), '--from', 'csv');
    expect(first).toMatchObject({
      code: 1,
      complained: [expect.stringMatching(/^Line 4: .*base32/), expect.anything()],
    });
    expect(await appSecretOf('one', secretKeys)).toBe('GEZDGNBVGY3TQOJQ');
    expect(await appSecretOf('two', secretKeys)).toBeUndefined();
    // Begun again, those who are there keep theirs.
    const other = ['id,totpSecret', 'one,JBSWY3DPEHPK3PXP', 'two,JBSWY3DPEHPK3PXP'].join('\n');
    expect(await run(other, '--from', 'csv')).toMatchObject({ code: 0 });
    expect(await appSecretOf('one', secretKeys)).toBe('GEZDGNBVGY3TQOJQ');
    expect(await run(other, '--from', 'csv', '--upsert')).toMatchObject({ code: 0 });
    expect(await appSecretOf('one', secretKeys)).toBe('JBSWY3DPEHPK3PXP');
    expect(await appSecretOf('two', secretKeys)).toBe('JBSWY3DPEHPK3PXP');
    const kept = JSON.stringify(await rig.store.db.selectFrom('authenticators').selectAll().execute());
    expect(kept).not.toContain('JBSWY3DPEHPK3PXP');
  });

  test('from files for Auth0’s own import, whose hashes are of many kinds', async () => {
    const md5 = '6d4b62960a6aa2b1fff43a9c1d95f7b2';
    const base = { algorithm: 'sha1', hash: { value: 'HlG3CDX8AaOF1DEReCmeFHID0Jg=', encoding: 'base64' } };
    const hashes: [object | string, string | undefined][] = [
      [{ algorithm: 'md5', hash: { value: '5f4dcc3b5aa765d61d8327deb882cf99', encoding: 'hex' } }, 'password'],
      [
        {
          algorithm: 'sha256',
          hash: 'c465f66c6ac481a7a17e9ed5b4e2e7e7288d892f12bf1c95c140901e9a70436e',
          salt: { value: 'salt123' },
        },
        'password123',
      ],
      [
        {
          algorithm: 'sha1',
          hash: { value: '1e51b70835fc01a385d43117299e147203d098c6' },
          salt_prefix: 'prefix',
          salt_suffix: 'suffix',
        },
        'mypass',
      ],
      [
        {
          algorithm: 'pbkdf2',
          hash: { value: '$pbkdf2-sha1$i=4096,l=20$c2FsdA$SwB5AbdlSJq+rUnZJvch0GWkKcE', encoding: 'utf8' },
        },
        'password',
      ],
      [
        {
          algorithm: 'argon2',
          hash: { value: '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc' },
        },
        'password',
      ],
      [{ algorithm: 'hmac', hash: { value: md5, encoding: 'hex' } }, undefined],
      [{ ...base, salt: { value: '//8=', encoding: 'base64' } }, undefined],
    ];
    const users = hashes.map(([custom_password_hash], index) => ({ user_id: `u${index}`, custom_password_hash }));
    const { complained } = await run(JSON.stringify(users), '--from', 'auth0');
    expect(complained.filter((line) => line.includes('cannot check'))).toHaveLength(2);
    for (const [index, [, password]] of hashes.entries()) {
      expect([index, await isPassword(`u${index}`, password ?? 'password')]).toEqual([index, password !== undefined]);
    }
  });

  test('from Supabase as CSV and as JSON', async () => {
    const header = 'id,phone,encrypted_password,raw_user_meta_data,banned_until,created_at,last_sign_in_at';
    const id = '6f1b0a52-7a1e-4b5e-9d5c-0d6c3c0f4f11';
    const csv = `\uFEFF${header}\n${id},8613800138000,$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW,"{""cave"": 40}",2999-01-01 00:00:00+00,2023-01-02 03:04:05.678+00,\n`;
    expect((await run(csv, '--from', 'supabase')).printed).toBe(created(1));
    expect(await user(id)).toMatchObject({
      primaryPhone: '+8613800138000',
      isSuspended: true,
      createdAt: Date.UTC(2023, 0, 2, 3, 4, 5, 678),
      lastSignInAt: null,
      customData: { importedId: id, imported: { raw_user_meta_data: { cave: 40 } } },
    });
    expect(await isPassword(id, 'U*U')).toBe(true);
    const { passwordHash, salt } = firebaseHash;
    const encrypted_password = `$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=${signerKey}$${salt}$${passwordHash}`;
    expect(
      (await run(JSON.stringify([{ id: 'fb', phone: '', encrypted_password }]), '--from', 'supabase')).printed,
    ).toBe(created(1));
    expect(await isPassword('fb', 'user1password')).toBe(true);
    expect((await run('a,b\n1,2\n', '--from', 'supabase')).complained.join()).toContain('export them with a header');
  });

  test('from Logto', async () => {
    const ali = {
      id: 'abcdef123456',
      username: 'ali',
      primaryPhone: '8613800138000',
      primaryEmail: 'ali@example.com',
      name: 'Ali',
      avatar: null,
      customData: { cave: 40 },
      identities: {},
      profile: { familyName: 'Baba' },
      applicationId: 'x',
      isSuspended: false,
      hasPassword: true,
      lastSignInAt: 1_600_000_000_000,
      createdAt: 1_500_000_000_000,
      passwordDigest: '$argon2i$v=19$m=8192,t=8,p=1$bG9ndG8tZGVjb3ktc2FsdA$mH8wiuxK7kCjJZJRxvXCN5BxUczufmGgV1stRYErj6w',
      passwordAlgorithm: 'Argon2i',
    };
    expect((await run(JSON.stringify([ali]), '--from', 'logto')).printed).toBe(created(1));
    expect(await user(ali.id)).toMatchObject({
      ...{ username: 'ali', primaryPhone: '+8613800138000', profile: ali.profile, createdAt: ali.createdAt },
      primaryEmail: 'ali@example.com',
      customData: { cave: 40, importedId: ali.id },
      passwordAlgorithm: 'Argon2i',
    });
    expect(await isPassword(ali.id, 'logto-decoy-do-not-use')).toBe(true);
  });
});
