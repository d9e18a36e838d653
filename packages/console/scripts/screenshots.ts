import { statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SectionRig, startSectionRig } from '../../../test/console/section-rig.ts';
import type { Look } from '../../../test/console/windows.ts';
import { twilioError } from '../../../test/doubles/twilio.ts';
import { type Provider, startTwilio } from '../../../test/end-to-end/providers.ts';

/** Where the README finds them. */
const folder = fileURLToPath(new URL('../../../docs/images/', import.meta.url));
const largest = 200_000;
const dayMs = 24 * 60 * 60_000;
const breakMs = 47 * 60_000;

/** A picture: its name, the place in the Console, how the window looks, and what to do before. */
type Picture = { name: string; place: string; look?: Look; prepare?: (page: Page) => Promise<unknown> };

const pictures: Picture[] = [
  {
    name: 'overview',
    place: 'overview?days=7',
    prepare: (page) => page.getByRole('heading', { name: 'By day', exact: true }).waitFor(),
  },
  { name: 'connectors', place: 'connectors', prepare: (page) => page.getByText('Previous connectors').waitFor() },
  {
    name: 'set-up',
    place: 'connectors/set-up/tencent-short-message-service',
    prepare: async (page) => {
      await page.getByLabel('SecretId').fill('AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE');
      await page.locator('#field-sdkAppId').fill('1400006666');
      await page.locator('.cm-content').waitFor();
    },
  },
  {
    name: 'templates',
    place: 'connectors/LIVE?tab=templates',
    prepare: async (page) => {
      await page.locator('.cm-content').waitFor();
      await page.getByText('Form', { exact: true }).click();
    },
  },
  { name: 'messages', place: 'messages', prepare: (page) => page.getByRole('table').waitFor() },
  {
    name: 'sign-in-experience',
    place: 'sign-in-experience',
    prepare: (page) => page.frameLocator('iframe[data-shown]').getByRole('button').first().waitFor(),
  },
  {
    name: 'sign-in-experience-dark',
    place: 'sign-in-experience?tab=ways',
    look: { colorScheme: 'dark' },
    prepare: async (page) => {
      await page.getByLabel('Device set to').selectOption('Dark');
      await page.frameLocator('iframe[data-shown]').getByRole('button').first().waitFor();
    },
  },
  {
    name: 'connectors-zh-cn',
    place: 'connectors/choose',
    look: { locale: 'zh-CN' },
    prepare: (page) => page.getByRole('dialog').getByText('阿里云短信服务').first().waitFor(),
  },
];

let rig: SectionRig;
let twilio: Provider;
let live: string;
let ahead = -7 * dayMs;
beforeAll(async () => {
  // From its start on: what lies before is summed up then.
  [rig, twilio] = await Promise.all([startSectionRig({}, { now: () => Date.now() + ahead }), startTwilio()]);
  await mkdir(folder, { recursive: true });
  await fillServer(rig, twilio);
  live = (await rig.server.management.get('/connectors')).body[0].id;
});
afterAll(() => Promise.all([rig?.close(), twilio?.double.close()]));

test.each(pictures)('$name', (picture) => take(rig, { ...picture, place: picture.place.replace('LIVE', live) }));

async function take({ open }: SectionRig, { name, place, look, prepare }: Picture): Promise<void> {
  const page = await open(place, look);
  await prepare?.(page);
  await expect.poll(() => page.getByRole('status', { name: /^(Loading|加载中)/ }).count()).toBe(0);
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  const { size } = statSync(path);
  process.stdout.write(`${(size / 1000).toFixed(0).padStart(4)} kB  ${path}\n`);
  if (size > largest) throw new Error(`${name}.png is larger than ${largest / 1000} kB.`);
}

/** A week as a shop might have it, and a brand. */
async function fillServer({ server: { management } }: SectionRig, provider: Provider): Promise<void> {
  const { templates: _, ...config } = provider.config;
  const texts: [string, string][] = [
    ['Register', 'Your Cave & Sons sign-up verification code is {{code}}. The code will remain active for 10 minutes.'],
    ['SignIn', 'Your Cave & Sons sign-in verification code is {{code}}. The code will remain active for 10 minutes.'],
    [
      'ForgotPassword',
      'Your Cave & Sons password change verification code is {{code}}. The code will remain active for 10 minutes.',
    ],
    ['Generic', 'Your Cave & Sons verification code is {{code}}. The code will remain active for 10 minutes.'],
  ];
  const templates = texts.map(([usageType, content]) => ({ usageType, content }));
  await management.post('/connectors', { connectorId: provider.factoryId, config: { ...config, templates } });
  await management.patch('/sign-in-exp', {
    branding: { name: 'Cave & Sons' },
    color: { primaryColor: '#0b6e4f', darkPrimaryColor: '#5fd3a8' },
  });
  const oidcClientMetadata = { redirectUris: ['https://shop.example.com/callback'], postLogoutRedirectUris: [] };
  await management.post('/applications', { name: 'Shop', type: 'SPA', oidcClientMetadata });
  const places = [(line: number) => `+8613800138${line}`, (line: number) => `+1202555${line + 1000}`];
  let line = 100;
  for (const sends of [5, 7, 6, 9, 8, 12, 10]) {
    for (let index = 0; index < sends; index += 1) {
      line += 1;
      ahead += breakMs;
      const phone = (places[index % 3 === 2 ? 1 : 0] as (typeof places)[0])(line);
      if (index === 3) provider.double.replyNext(twilioError(400, 21614, "'To' number is not a valid mobile number"));
      expect((await management.post('/verification-codes', { phone })).status).toBe(index === 3 ? 400 : 204);
      if (index !== 3 && index % 4 !== 1) {
        await management.post('/verification-codes/verify', { phone, verificationCode: provider.codeTo(phone) });
      }
    }
    ahead += dayMs - sends * breakMs;
  }
}
