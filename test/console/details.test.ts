import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeProblemsOf } from '../setup/axe.ts';
import { managementApplication } from '../setup/management-client.ts';
import { newPhone } from '../setup/phones.ts';
import { administrator, load, looks, type SectionRig, startSectionRig } from './section-rig.ts';
import { changeWindow } from './windows.ts';

const feedbackUrl = 'https://issues.example/new?template=connector';
let rig: SectionRig;
beforeAll(async () => {
  rig = await startSectionRig({ SESAME_FEEDBACK_URL: feedbackUrl });
});
afterAll(() => rig?.close());

test('the button of a dialog says how many fields are to be put right', async () => {
  const page = await rig.open('users/create');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Username').fill('1 2');
  await dialog.locator('button[type=submit]').click();
  await dialog.getByRole('button', { name: '1 field left' }).waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await dialog.getByLabel('Username').fill('ada');
  await expect.poll(() => dialog.getByRole('button', { name: 'field left' }).count()).toBe(0);
});

/** Whether the focus is in what a selector finds in the very moment in which it appears, before anybody has seen it. */
const focusWhenShown = `(selector) => {
  window.focusWhenShown = new Promise((resolve) => {
    new MutationObserver(() => {
      const shown = document.querySelector(selector);
      if (shown !== null) resolve(shown.contains(document.activeElement));
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
}`;

test.each([
  ['users/create', 'Create', '[aria-invalid="true"]'],
  ['connectors/set-up/twilio-short-message-service', 'Save and Done', '[aria-invalid="true"]'],
  ['webhooks/HOOK', 'Add a header', '[data-last]'],
])('on %s the focus is in the field that is next as soon as that is shown', async (path, button, selector) => {
  const hook = { name: 'Hook', events: ['User.Created'], config: { url: 'https://hook.example.com' } };
  const { body } = await rig.server.management.post('/hooks', hook);
  const page = await rig.open(path.replace('HOOK', body.id));
  const press = page.getByRole('button', { name: button }).last();
  await press.waitFor();
  await page.evaluate(`(${focusWhenShown})(${JSON.stringify(selector)})`);
  await press.click();
  expect(await page.evaluate('window.focusWhenShown')).toBe(true);
});

test('a dialog in which something is typed asks before it closes', async () => {
  const page = await rig.open('webhooks/create');
  const typed = page.getByRole('dialog', { name: 'Create a webhook' }).getByLabel('Name');
  const question = page.getByRole('dialog', { name: 'Leave without saving?' });
  await typed.fill('Half a webhook');
  await page.keyboard.press('Escape');
  await question.waitFor();
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'hidden' });
  expect(await typed.inputValue()).toBe('Half a webhook');
  await expect.poll(() => typed.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.mouse.click(10, 500);
  await question.getByRole('button', { name: 'Stay here' }).click();
  await question.waitFor({ state: 'hidden' });
  await expect.poll(() => typed.evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await typed.inputValue()).toBe('Half a webhook');
  await page.keyboard.press('Escape');
  await question.getByRole('button', { name: 'Discard the changes' }).click();
  await page.waitForURL(/\/webhooks$/);
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
});

test('a dialog in which nothing is typed closes at once, as one that is given up or done', async () => {
  const page = await rig.open('webhooks');
  const dialog = page.getByRole('dialog');
  const open = () => page.getByRole('link', { name: 'Create webhook' }).click();
  await open();
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await page.waitForURL(/\/webhooks$/);
  await open();
  await dialog.getByLabel('Name').fill('Half a webhook');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.waitForURL(/\/webhooks$/);
  await load(page, `${rig.server.baseUrl}/console/users/create`);
  await dialog.getByLabel('Username').fill('done');
  await dialog.locator('button[type=submit]').click();
  await page.waitForURL(/\/users\/(?!create)/);
  await expect.poll(() => dialog.count()).toBe(0);
});

test('an owner narrows what an application may do, by keyboard, in Chinese on a narrow screen', async () => {
  const { management } = rig.server;
  const { body } = await management.post('/applications', {
    name: 'Back end',
    type: 'MachineToMachine',
    isAdmin: true,
  });
  const page = await rig.open(`applications/${body.id}`, { colorScheme: 'dark', locale: 'zh-CN', width: 380 });
  const of = async () => (await management.get(`/applications/${body.id}`)).body;
  await page.getByRole('radio', { name: '做一切' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(async () => (await of()).managementScopes).toEqual(['codes']);
  const read = page.getByRole('checkbox').nth(2);
  await expect.poll(() => read.isEnabled()).toBe(true);
  await read.focus();
  await page.keyboard.press('Space');
  await expect.poll(async () => (await of()).managementScopes).toEqual(expect.arrayContaining(['codes', 'read']));
  expect(await axeProblemsOf(page)).toEqual([]);
});

test('what others change while a form is open stays, and who would undo it is asked', async () => {
  const { management } = rig.server;
  const { body } = await management.post('/applications', { name: 'Robot', type: 'MachineToMachine' });
  const page = await rig.open(`applications/${body.id}`);
  const stored = async () => (await management.get(`/applications/${body.id}`)).body;
  const name = page.getByLabel('Name');
  const save = page.getByRole('button', { name: 'Save changes' });
  const notice = page.getByRole('alert').filter({ hasText: 'Changed elsewhere meanwhile' });
  await management.patch(`/applications/${body.id}`, { description: 'Theirs' });
  await name.fill('Mine');
  await save.click();
  await expect.poll(stored).toMatchObject({ name: 'Mine', description: 'Theirs' });
  await expect.poll(() => page.getByLabel('Description').inputValue()).toBe('Theirs');

  await management.patch(`/applications/${body.id}`, { name: 'Theirs' });
  await name.fill('Mine again');
  await name.press('Enter');
  await notice.waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  expect(await stored()).toMatchObject({ name: 'Theirs' });
  await notice.getByRole('button', { name: 'Save mine all the same' }).press('Enter');
  await expect.poll(stored).toMatchObject({ name: 'Mine again' });
  await notice.waitFor({ state: 'hidden' });

  await management.patch(`/applications/${body.id}`, { name: 'Theirs again' });
  await name.fill('Mine for good');
  await save.click();
  await notice.getByRole('button', { name: 'Show what is stored' }).click();
  await expect.poll(() => name.inputValue()).toBe('Theirs again');
  expect(await stored()).toMatchObject({ name: 'Theirs again' });
});

test('a message that arrives is heard, where that is chosen', async () => {
  const page = await rig.open('development-inbox');
  await changeWindow(
    page,
    `window.tones = 0;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) { window.tones += 1; return start.apply(this, when); };`,
  );
  const tones = () => page.evaluate('window.tones');
  await page.getByLabel('When a message arrives').selectOption('Play a sound');
  const once = await tones();
  await rig.server.management.post('/verification-codes', { phone: newPhone() });
  await expect.poll(tones).toBe(Number(once) + 2);
  expect(await page.title()).not.toMatch(/^\(/);
});

test('a connector that is missing can be asked for where the settings say', async () => {
  const page = await rig.open('connectors/choose');
  for (const place of ['connectors/choose', 'connectors/create-your-own']) {
    await load(page, `${rig.server.baseUrl}/console/${place}`);
    const link = page.getByRole('link', { name: 'Ask for a connector (opens another page)' });
    await link.waitFor();
    expect(await link.getAttribute('href')).toBe(feedbackUrl);
  }
  await page.context().route(feedbackUrl, (route) => route.fulfill({ body: 'Ask here' }));
  const opened = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Ask for a connector' }).press('Enter');
  await (await opened).getByText('Ask here').waitFor();
});

test.each(looks)(
  'the page of the settings shows what the server was started with, and no secret: %s',
  async (_, look) => {
    const page = await rig.open('settings', look);
    const setting = (name: string) => page.locator('dt', { hasText: name }).locator('..');
    // Of addresses only where they lead.
    await setting('SESAME_FEEDBACK_URL').getByText('https://issues.example/new', { exact: true }).waitFor();
    const { status, body } = await rig.server.management.get('/system');
    expect(status).toBe(200);
    const text = await page.getByRole('main').innerText();
    for (const fact of [`Sesame ${body.version}`, `SQLite ${body.database.version}`, body.signingKey.id]) {
      expect(text).toContain(fact);
    }
    expect(text).toMatch(/OK: the database answers|正常：数据库有响应/);
    for (const secret of [
      administrator.password,
      managementApplication.secret,
      'the secret key of every test server',
    ]) {
      expect(await page.content()).not.toContain(secret);
    }
    expect(await setting('SESAME_SECRET_KEY').innerText()).toMatch(/Set, not shown|已设置/);
    expect(await axeProblemsOf(page)).toEqual([]);
  },
);

test('a large export goes straight into the file that was chosen', async () => {
  await rig.server.management.post('/users', { username: 'exported' });
  const page = await rig.signedInPage();
  // Before the list is asked for: what it holds when the export begins is to be large, whichever answer came last.
  await page.route(/\/api\/users\?/, async (route) => {
    const reply = await route.fetch();
    await route.fulfill({ response: reply, headers: { ...reply.headers(), 'total-number': '200000' } });
  });
  await rig.show(page, 'users');
  await changeWindow(
    page,
    `window.file = { name: '', text: '', isClosed: false };
    window.showSaveFilePicker = async ({ suggestedName }) => {
      file.name = suggestedName;
      return { createWritable: async () => ({
        write: async (chunk) => void (file.text += new TextDecoder().decode(chunk)),
        close: async () => void (file.isClosed = true),
        abort: async () => {},
      }) };
    };`,
  );
  await page.getByLabel('Search').fill('exported');
  await page.getByRole('row', { name: 'exported' }).waitFor();
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'As CSV' }).click();
  await page.getByText('Exported:').waitFor();
  const file = (await page.evaluate('window.file')) as { name: string; text: string; isClosed: boolean };
  expect(file).toMatchObject({ name: expect.stringMatching(/\.csv$/), text: expect.stringContaining('exported') });
  expect(file.isClosed).toBe(true);
});

test('a list that looks through too much says how to narrow it', async () => {
  const page = await rig.signedInPage();
  await page.route(/\/api\/messages\?/, (route) =>
    route.fulfill({ status: 422, json: { code: 'request.too_broad', message: 'Too broad.' } }),
  );
  await rig.show(page, 'messages');
  await page.getByText('Narrow it down: by a time').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
});
