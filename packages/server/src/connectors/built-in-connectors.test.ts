import { refusals as aliyun } from '@sesame/connector-aliyun-sms/refusals';
import { createDevelopmentInbox } from '@sesame/connector-development-inbox';
import { expect, test } from 'vitest';
import { refusals as aliyunGlobal } from '../../../../connectors/aliyun-sms-global/refusals.ts';
import { refusals as tencent } from '../../../../connectors/tencent-sms/refusals.ts';
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

test.each([
  ['aliyun-short-message-service', aliyun],
  ['aliyun-global-short-message-service', aliyunGlobal],
  ['tencent-short-message-service', tencent],
])('%s has its guide in Chinese, and what each code means', async (connectorId, refusals) => {
  const inbox = createDevelopmentInbox({ print: () => {}, now: () => 0 });
  const factories = await loadBuiltIn({ platform, inbox });
  const { metadata } = factories.find(({ metadata: { id } }) => id === connectorId) ?? {};
  const { readme = '', meanings = {} } = metadata?.translations?.['zh-CN'] ?? {};
  expect(readme).toMatch(/^# \p{Script=Han}/u);
  expect(readme.match(/^## /gm)?.length).toBeGreaterThan(4);
  const missing = [...refusals.keys()].filter((code) => !/\p{Script=Han}/u.test(meanings[code] ?? ''));
  expect(missing).toEqual([]);
});
