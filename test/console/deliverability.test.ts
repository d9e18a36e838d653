import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDns } from '../../packages/server/src/network/dns.ts';
import { type DnsDouble, startDnsDouble } from '../doubles/dns.ts';
import { axeProblemsOf } from '../setup/axe.ts';
import { button } from './connectors-rig.ts';
import { looks, type SectionRig, startSectionRig } from './section-rig.ts';

const key = Buffer.alloc(32, 1).toString('base64');
const txt = (name: string, data: string) => [{ type: 'TXT' as const, name, data }];
const selected = 'key2026._domainkey.example.com';

let dns: DnsDouble;
let rig: SectionRig;
beforeAll(async () => {
  dns = await startDnsDouble({
    'TXT example.com': txt('example.com', 'v=spf1 ip4:192.0.2.1 -all'),
    [`TXT ${selected}`]: txt(selected, `v=DKIM1; k=ed25519; p=${key}`),
  });
  rig = await startSectionRig({}, { dns: createDns([dns.server]) });
});
afterAll(() => Promise.all([rig?.close(), dns?.close()]));

test.each(looks)('the key of DKIM is looked up under the selector that somebody enters: %s', async (_, look) => {
  const page = await rig.open('connectors/set-up/simple-mail-transfer-protocol', look);
  await page.locator('#field-fromEmail').fill('Ali Baba <codes@example.com>');
  const isChinese = look.locale === 'zh-CN';
  const state = (name: string) => page.locator('dl > div', { hasText: 'DKIM' }).getByText(name, { exact: true });
  await button(page, isChinese ? '查询' : 'Look it up').click();
  await state(isChinese ? '未知' : 'Not known').waitFor();

  const selector = page.getByLabel(isChinese ? 'DKIM 选择器' : 'Selector of DKIM');
  await selector.fill(' key2026 ');
  await selector.press('Enter');
  await state(isChinese ? '正常' : 'In order').waitFor();

  await selector.fill('key2025');
  await selector.press('Enter');
  await state(isChinese ? '缺失' : 'Missing').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
});
