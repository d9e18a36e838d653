import type { Page } from 'playwright-core';

/**
 * Holds back what the server answers to requests of one method.
 * @returns what lets the answers through, and those to come
 */
export async function holdAnswers(page: Page, address: string, method: string): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(address, async (route) => {
    if (route.request().method() !== method) return route.fallback();
    const response = await route.fetch();
    await promise;
    await route.fulfill({ response });
  });
  return resolve;
}

/** Ends the session of the page just when it makes a request; ended sooner, any other request would be told so first. */
export const endSessionAt = (page: Page, address: string): Promise<unknown> =>
  page.route(
    address,
    async (route) => {
      await page.context().clearCookies();
      await route.continue();
    },
    { times: 1 },
  );
