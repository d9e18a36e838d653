import { describe, expect, test } from 'vitest';
import { useImport } from '../../../../../test/setup/import.ts';
import { databases } from '../../../../../test/setup/stores.ts';

describe.each(databases)('sesame import into %s', (database) => {
  const rig = useImport(database);
  const { run, user, isPassword, count } = rig;

  test('from a table: what is wrong by line, the rest as it says; begun again, it goes on', async () => {
    const table = [
      'id,primaryPhone,name,profile.address.country,customData.cave,createdAt,passwordDigest',
      'one,0151 23456789,Ali,DE,40,2020-01-02,5f4dcc3b5aa765d61d8327deb882cf99',
      'two,+49 151 23456789,,,,,',
      ',12,,,,,',
      ',+4915123456780,,,,yesterday,',
      ',+4915123456781,,,,,',
      ',+4915123456782,,,,,$unknown$',
    ].join('\n');
    const dry = await run(table, '--from', 'csv', '--country', 'de', '--dry-run');
    expect([dry.code, await count()]).toEqual([1, 0]);
    const first = await run(table, '--from', 'csv', '--country', 'de');
    expect(first.printed).toBe('Created: 2, changed: 0, already there: 0, failed: 4.');
    expect(dry.printed).toBe(`A dry run, nothing was written. ${first.printed}`);
    expect(first.complained).toEqual([
      expect.stringMatching(/^Line 3: .*Line 2 has the same primaryPhone\.$/),
      expect.stringMatching(/^Line 4: .*primaryPhone: Give a phone number/),
      expect.stringMatching(/^Line 5: .*createdAt: /),
      expect.stringMatching(/^Line 7: .*user\.password_algorithm_required/),
      expect.stringContaining('import the file again'),
    ]);
    expect(first.complained.join()).not.toContain('4915123456');
    expect(await user('one')).toMatchObject({
      primaryPhone: '+4915123456789',
      name: 'Ali',
      profile: { address: { country: 'DE' } },
      customData: { cave: '40' },
      createdAt: Date.UTC(2020, 0, 2),
    });
    expect(await isPassword('one', 'password')).toBe(true);
    const again = await run(`${table}\n,+4915123456783,,,,,`, '--from', 'csv', '--country', 'de');
    expect(again.printed).toBe('Created: 1, changed: 0, already there: 2, failed: 4.');
    const { rows } = await rig.store.db
      .selectFrom('audit_log')
      .selectAll()
      .execute()
      .then((rows) => ({ rows }));
    expect(rows.map(({ action, details }) => [action, JSON.parse(details).created])).toEqual([
      ['user.import', 2],
      ['user.import', 1],
    ]);
  });

  test('that is broken off is in the audit log with what it has written', async () => {
    const lines = Array.from({ length: 300 }, (_, index) => JSON.stringify({ user_id: `user-${index}` }));
    const { code, complained } = await run([...lines, '{"user_id":'].join('\n'), '--from', 'auth0');
    expect([code, complained.join()]).toEqual([1, expect.stringContaining('ends in the middle')]);
    const entries = await rig.store.db.selectFrom('audit_log').selectAll().execute();
    expect(entries.map(({ action, details }) => [action, JSON.parse(details)])).toMatchObject([
      ['user.import', { from: 'auth0', created: await count() }],
    ]);
    expect(await count()).toBeGreaterThan(0);
  });

  // What follows is read, and checked, before any database is asked.
  if (database !== 'SQLite') return;

  test('names a line that is nested too deeply, and takes the others', async () => {
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    const { code, printed, complained } = await run(
      `{"user_id":"one","user_metadata":${deep}}\n{"user_id":"two"}\n`,
      '--from',
      'auth0',
    );
    expect(printed).toContain('Created: 1, changed: 0, already there: 0, failed: 1.');
    expect(complained[0]).toMatch(/^Line 1: .*nested/);
    expect(code).toBe(1);
  });

  test.each([
    [['--from', 'nowhere'], 'firebase, auth0, supabase, clerk, logto, csv'],
    [[], '--from'],
    [['--from', 'csv', 'another'], 'Name one file.'],
    [['--from', 'csv', '--dryrun'], '--dryrun'],
    [['--from', 'csv'], 'did you mean "primaryPhone"'],
    [['--from', 'logto'], 'This is no JSON'],
    [['--from', 'firebase', '--hash-config', 'none'], 'ENOENT'],
  ])('%j is refused with what to do', async (words, sentence) => {
    const { code, complained } = await run('primaryPhon\n+8613800138000\n', ...words);
    expect([code, complained.join()]).toEqual([1, expect.stringContaining(sentence)]);
    expect(await count()).toBe(0);
  });

  test('of thousands tells how far it is, and says what was cut off', async () => {
    const lines = Array.from({ length: 12_000 }, (_, index) =>
      JSON.stringify({ id: `u${index}`, name: 'x'.repeat(100) }),
    );
    const { code, printed, complained } = await run(`[${lines.join(',\n')},{"id":"cu`, '--from', 'logto');
    expect([code, complained]).toEqual([1, [expect.stringContaining('ends in the middle, after line 12000')]]);
    expect(printed).toMatch(/^\d+ users, \d+ % of the file, \d+ a second/);
    expect((await run(`[${lines.join(',\n')}]`, '--from', 'logto')).printed).toContain('failed: 0.');
    expect(await count()).toBe(12_000);
  });
});
