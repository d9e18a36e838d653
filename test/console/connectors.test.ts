import { expect, test } from 'vitest';
import { axeProblemsOf } from '../setup/axe.ts';
import { useConnectors } from './connectors-rig.ts';
import { load, looks } from './section-rig.ts';

const own = useConnectors();
const { live, setUp, openWatched } = own;

test('hostile words of a connector stay words', async () => {
  const hostile = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';
  const { page, broken } = await openWatched('sign-in');
  await page.route('**/api/connector-factories', async (route) => {
    const [factory] = (await (await route.fetch()).json()) as object[];
    const readme = `# ${hostile}\n\n[link](javascript:window.pwned=1) ![picture](https://elsewhere.example/x.png)`;
    await route.fulfill({
      json: [{ ...factory, id: 'hostile', name: { en: hostile }, description: { en: hostile }, readme }],
    });
  });
  await page.goto(`${own.rig.server.baseUrl}/console/connectors/set-up/hostile`);
  await page.getByRole('heading', { level: 1, name: `Set up ${hostile}` }).waitFor();
  await page.getByText('picture').waitFor();
  expect(await page.evaluate('window.pwned')).toBeUndefined();
  expect(await page.locator('[href^="javascript"], section img[src^="http"]').count()).toBe(0);
  expect(broken).toEqual([]);
});

test.each(looks)('axe finds nothing: %s', async (_, look) => {
  await setUp(own.aliyun);
  await setUp(own.twilio);
  const [{ id }] = await live();
  const places = [
    'connectors',
    'connectors/choose',
    'connectors/create-your-own',
    `connectors/set-up/${own.aliyun.factoryId}`,
    'connectors/set-up/http-sms',
    `connectors/${id}`,
    `connectors/${id}?tab=templates`,
    `connectors/${id}?tab=messages`,
    `connectors/${id}/change`,
    `connectors/${id}/delete`,
    'nowhere',
  ];
  const { page, broken } = await openWatched('connectors', look);
  for (const place of places) {
    await load(page, `${own.rig.server.baseUrl}/console/${place}`);
    if (/set-up|templates/.test(place)) await page.locator('.cm-content').waitFor();
    if (/choose|your-own|change/.test(place)) await page.getByText('SESAME_FEEDBACK_URL').waitFor();
    expect(await axeProblemsOf(page), place).toEqual([]);
  }
  expect(broken).toEqual([]);
});
