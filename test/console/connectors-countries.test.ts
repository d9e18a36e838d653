import { expect, test } from 'vitest';
import { button, useConnectors } from './connectors-rig.ts';

// Which countries are ticked depends on where codes went before: no other test sends any here.
const own = useConnectors();
const { live, openWatched, fillInTwilio } = own;

test('the first connector that sends for real asks for the countries; a refused code opens one, and a message does', async () => {
  const { management, services } = own.rig.server;
  await services.experience.change({ fraudPolicy: { mode: 'enforce' } });
  await management.post('/connectors', { connectorId: 'development-inbox' });
  const [person, notServed] = ['+4915112340077', '+628112345677'];
  await management.post('/verification-codes', { phone: person });
  const verificationCode = services.inbox.messages(person)[0]?.code;
  await management.post('/verification-codes/verify', { phone: person, verificationCode });

  const { page, broken } = await openWatched(`connectors/set-up/${own.twilio.factoryId}`);
  const step = page.getByRole('region', { name: '3 Choose the countries' });
  const group = (name: string) => step.getByRole('checkbox', { name });
  await step.getByText('2 countries are chosen.').waitFor();
  await group('European Union (1 of 27)').waitFor();
  await group('North America (1 of 5)').waitFor();
  await group('Oceania (0 of').waitFor();
  await step.getByRole('button', { name: 'Choose none' }).click();
  await fillInTwilio(page);
  await button(page, 'Save and Done').click();
  await step.getByText('Choose a country at least.').waitFor();
  const search = step.getByLabel('Find a country');
  expect(await search.evaluate((field) => field === document.activeElement)).toBe(true);
  await search.fill('nowhere');
  await step.getByText('No country has this in its name.').waitFor();
  expect((await live())[0].connectorId).toBe('development-inbox');
  await search.fill('germ');
  const germany = step.getByRole('checkbox', { name: 'Germany' });
  await germany.check();
  await step
    .getByText(/^\$0\.094/)
    .first()
    .waitFor();
  await button(page, 'Save and Done').click();
  await page.getByRole('heading', { level: 1, name: 'Twilio SMS', exact: true }).waitFor();
  const countries = async () => (await services.experience.readStored()).fraudPolicy.countries;
  expect(await countries()).toEqual({ mode: 'allow', list: ['DE'] });

  const ask = () => management.post('/verification-codes', { phone: notServed });
  expect(await ask()).toMatchObject({ body: { code: 'phone.country_not_served' } });
  await page.getByRole('link', { name: 'Protection', exact: true }).click();
  await page.getByRole('tab', { name: 'Decisions' }).click();
  await button(page, 'Open Indonesia').click();
  await expect.poll(countries).toEqual({ mode: 'allow', list: ['DE', 'ID'] });
  expect((await ask()).status).toBe(204);

  await button(page, 'Close Indonesia').click();
  await expect.poll(countries).toEqual({ mode: 'allow', list: ['DE'] });
  await page.getByRole('link', { name: 'Messages', exact: true }).click();
  await page
    .getByRole('row', { name: /\+62 ••• 77/ })
    .getByRole('link')
    .click();
  await page.getByText('Codes to Indonesia are off').waitFor();
  await button(page, 'Open Indonesia').click();
  await expect.poll(countries).toEqual({ mode: 'allow', list: ['DE', 'ID'] });
  expect(broken).toEqual([]);
});

test('the countries are asked for also where nobody can tell to which codes went before', async () => {
  const { management, services } = own.rig.server;
  await services.experience.change({ fraudPolicy: { countries: { mode: 'deny', list: [] } } });
  await management.post('/connectors', { connectorId: 'development-inbox' });
  const { page } = await openWatched('connectors');
  await page.route('**/api/protection/costs*', (route) =>
    route.fulfill({ status: 400, json: { code: 'request.invalid' } }),
  );
  await own.rig.show(page, `connectors/set-up/${own.twilio.factoryId}`);
  await page.getByRole('region', { name: '3 Choose the countries' }).getByText('1 country is chosen.').waitFor();
});
