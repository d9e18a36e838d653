import { createDevelopmentInbox } from '@sesame/connector-development-inbox';
import { expect, test } from 'vitest';
import { platform } from '../platform.ts';
import { loadBuiltIn } from './built-in-connectors.ts';

test('every form item tells in Chinese what it tells in English', async () => {
  const inbox = createDevelopmentInbox({ print: () => {}, now: () => 0 });
  const factories = await loadBuiltIn({ platform, inbox });
  const items = factories.flatMap(({ metadata }) => metadata.formItems.map((item) => ({ id: metadata.id, item })));
  expect(items.length).toBeGreaterThan(factories.length);
  const missing = items.flatMap(({ id, item }) =>
    (['description', 'tooltip'] as const)
      .filter((name) => item[name] && !/\p{Script=Han}/u.test(item.translations?.['zh-CN']?.[name] ?? ''))
      .map((name) => `${id}: ${item.key}.${name}`),
  );
  expect(missing).toEqual([]);
});
