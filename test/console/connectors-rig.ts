import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type Provider, startAliyun, startTwilio } from '../end-to-end/providers.ts';
import { type SectionRig, startSectionRig } from './section-rig.ts';
import type { Look } from './windows.ts';

type Own = { rig: SectionRig; twilio: Provider; aliyun: Provider };

/** Whom test messages go to, as somebody types it. */
export const recipient = '+86 138 0013 8000';

export const editor = (page: Page) => page.locator('#field-templates');
export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Puts this text in place of all that is in the editor. */
export async function replaceTemplates(page: Page, text: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
}

/** Starts a rig and two providers for the tests of a file; each test begins without a connector. */
export function useConnectors() {
  const own = {} as Own;
  beforeAll(async () => {
    [own.rig, own.twilio, own.aliyun] = await Promise.all([startSectionRig(), startTwilio(), startAliyun()]);
  });
  afterAll(() =>
    Promise.all([own.rig?.close(), ...[own.twilio, own.aliyun].map((provider) => provider?.double.close())]),
  );
  beforeEach(async () => {
    const { management } = own.rig.server;
    for (const { id } of (await management.get('/connectors')).body) await management.delete(`/connectors/${id}`);
    for (const { id } of (await management.get('/connectors/history')).body) {
      await management.delete(`/connectors/history/${id}`);
    }
  });

  return Object.assign(own, {
    live: async () => (await own.rig.server.management.get('/connectors')).body,
    setUp: ({ factoryId, config }: Provider) =>
      own.rig.server.management.post('/connectors', { connectorId: factoryId, config }),

    /** Opens a page and notes whatever the Content-Security-Policy stops and whatever is thrown. */
    async openWatched(path: string, look: Look = {}): Promise<{ page: Page; broken: string[] }> {
      const page = await own.rig.signedInPage(look);
      const broken: string[] = [];
      page.on('pageerror', ({ message }) => void broken.push(message));
      page.on('console', (message) => {
        if (/Content Security Policy/i.test(message.text())) broken.push(message.text());
      });
      await own.rig.show(page, path);
      return { page, broken };
    },

    async fillInTwilio(page: Page): Promise<void> {
      const { accountSID, authToken, from, endpoint } = own.twilio.config as Record<string, string>;
      await page.getByLabel('Account SID').fill(accountSID ?? '');
      await page.locator('#field-authToken').fill(authToken ?? '');
      await page.locator('#field-from').fill(from ?? '');
      await page.locator('#field-endpoint').fill(endpoint ?? '');
    },
  });
}
