import { expect, test } from 'vitest';
import { settings } from './settings.ts';
import { showSettings } from './shown-settings.ts';

const shown = (variables: Record<string, string>) =>
  Object.fromEntries(showSettings(variables).map(({ name, ...rest }) => [name, rest]));

test('every setting is shown, with where its value came from', () => {
  const all = shown({ PORT: '8080', SESAME_HOST: '0.0.0.0\n', SESAME_LOG_LEVEL: '' });
  expect(Object.keys(all)).toEqual(Object.keys(settings));
  expect(all.SESAME_PORT).toMatchObject({ value: '8080', source: 'alias' });
  expect(all.SESAME_HOST).toMatchObject({ value: '0.0.0.0', source: 'set' });
  expect(all.SESAME_LOG_LEVEL).toMatchObject({ value: 'info', source: 'default' });
  expect(all.SESAME_SECRET_KEY).toMatchObject({ value: null, source: 'default', isSecret: true });
});

test('no secret is shown, wherever it stands', () => {
  const secret = 'p4ssw0rd-of-the-tests';
  const names = Object.keys(settings).filter((name) => /PASSWORD|SECRET|KEY|TOKEN/.test(name));
  expect(names.length).toBeGreaterThan(2);
  for (const name of names) expect([name, shown({ [name]: secret })[name]]).toMatchObject([name, { isSecret: true }]);
  const urls = [
    `postgres://sesame:${secret}@db.example:5432/sesame?sslmode=require&password=${secret}`,
    `postgresql://sesame:${secret}@x@db.example:5432/sesame`,
    `postgres://db.example:5432/sesame?password=${secret}`,
  ];
  for (const url of urls) {
    const text = JSON.stringify(showSettings({ SESAME_DATABASE_URL: url }));
    expect(text).toContain('://db.example:5432/sesame"');
    expect(text).not.toContain(secret);
  }
});
