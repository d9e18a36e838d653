import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeProblemsOf } from '../setup/axe.ts';
import { messageRow } from '../setup/message-row.ts';
import { holdAnswers } from './requests.ts';
import { load, narrow, type SectionRig, startSectionRig } from './section-rig.ts';

let rig: SectionRig;
beforeAll(async () => {
  rig = await startSectionRig();
});
afterAll(() => rig?.close());

test('creates the first user, changes it, suspends it, sets a password and deletes it', async () => {
  const { server } = rig;
  const page = await rig.open('users');
  await page.getByText('No users yet').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await page.getByRole('main').getByRole('link', { name: 'Create user' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('Ali Baba');
  expect(await axeProblemsOf(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.getByText('without one nobody can sign in').waitFor();
  await dialog.getByLabel('Phone number').fill('12');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.getByText('Give a phone number with its country code').waitFor();
  await dialog.getByLabel('Username').fill('1');
  await dialog.getByLabel('Password (may be set later)').fill('short');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.getByRole('button', { name: 'Create – 3 fields left' }).waitFor();
  expect(await dialog.locator('[aria-invalid="true"]').count()).toBe(3);
  await dialog.getByLabel('Username').fill('');
  await dialog.getByLabel('Password (may be set later)').fill('');
  await dialog.getByLabel('Phone number').fill('+86 138-0013-8000');
  await dialog.getByRole('button', { name: 'Create' }).click();

  await page.getByRole('heading', { level: 1, name: 'Ali Baba' }).waitFor();
  const id = new URL(page.url()).pathname.split('/').at(-1);
  const user = async () => (await server.management.get(`/users/${id}`)).body;
  expect(await user()).toMatchObject({ name: 'Ali Baba', primaryPhone: '+8613800138000', hasPassword: false });

  await page.getByLabel('Username').fill('ali');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  expect(await user()).toMatchObject({ username: 'ali' });

  await page.getByRole('button', { name: 'Suspend' }).click();
  await page.getByText('This user is suspended').waitFor();
  expect(await user()).toMatchObject({ isSuspended: true });
  expect(await axeProblemsOf(page)).toEqual([]);

  await page.getByRole('link', { name: 'Set password' }).click();
  await dialog.getByLabel('New password').fill('1234567');
  expect(await axeProblemsOf(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Set password' }).click();
  await dialog.getByText('Use at least 8 characters.').waitFor();
  await dialog.getByLabel('New password').fill('forty thieves and a cave');
  await dialog.getByRole('button', { name: 'Set password' }).click();
  await page.getByText('This user has a password.').waitFor();

  await page.getByRole('link', { name: 'Delete user' }).click();
  await dialog.waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('No users yet').waitFor();
  expect((await server.management.get(`/users/${id}`)).status).toBe(404);
});

test('what is typed while a save is on its way stays as it is, whatever the answer says', async () => {
  const { management } = rig.server;
  const { body } = await management.post('/users', { username: 'typist' });
  const page = await rig.open(`users/${body.id}`);
  const [name, username] = [page.getByLabel('Name', { exact: true }), page.getByLabel('Username')];
  const save = page.getByRole('button', { name: /^Save/ });
  const stored = async () => (await management.get(`/users/${body.id}`)).body;
  const letThrough = await holdAnswers(page, `**/api/users/${body.id}`, 'PATCH');
  await name.fill('  Sindbad ');
  await save.click();
  await expect.poll(stored).toMatchObject({ name: 'Sindbad' });
  await username.fill('sindbad!');
  letThrough();
  await page.getByText('Saved.').waitFor();
  await expect.poll(() => name.inputValue()).toBe('Sindbad');
  expect(await username.inputValue()).toBe('sindbad!');

  const letRefusalThrough = await holdAnswers(page, `**/api/users/${body.id}`, 'PATCH');
  const refusal = page.waitForRequest((request) => request.method() === 'PATCH');
  await name.fill('Sindbad the Sailor');
  await save.click();
  await refusal;
  await username.fill('sindbad');
  letRefusalThrough();
  await page.getByRole('region', { name: 'There are unsaved changes.' }).getByRole('alert').waitFor();
  expect(await username.getAttribute('aria-invalid')).not.toBe('true');
  await save.click();
  await expect.poll(stored).toMatchObject({ name: 'Sindbad the Sailor', username: 'sindbad' });
  await management.delete(`/users/${body.id}`);
});

test('gives a user other numbers and addresses, makes one primary, and takes one away', async () => {
  const { management } = rig.server;
  const { body } = await management.post('/users', { username: 'sinan', primaryPhone: '+8613800138010' });
  const stored = async () => (await management.get(`/users/${body.id}`)).body;
  const page = await rig.open(`users/${body.id}`);
  const panel = page.getByRole('region', { name: 'Other numbers and addresses' });
  await panel.getByText('There are none.').waitFor();
  const add = async (typed: string) => {
    await panel.getByLabel('Number or address to add').fill(typed);
    await panel.getByRole('button', { name: 'Add' }).click();
  };
  await add('12');
  await panel.getByText('Give a phone number with its country code').waitFor();
  await add('+86 138-0013-8011');
  await panel.getByText('+8613800138011').waitFor();
  await add('sinan@example.com');
  await panel.getByText('sinan@example.com').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  expect(await stored()).toMatchObject({ otherPhones: ['+8613800138011'], otherEmails: ['sinan@example.com'] });
  await page.getByText('The number +8613800138011 takes codes.').waitFor();

  await panel.getByRole('button', { name: 'Make primary: +8613800138011' }).click();
  await panel.getByText('+8613800138010').waitFor();
  await expect.poll(() => page.getByLabel('Phone number', { exact: true }).inputValue()).toBe('+8613800138011');
  expect(await stored()).toMatchObject({ primaryPhone: '+8613800138011', otherPhones: ['+8613800138010'] });
  await panel.getByRole('button', { name: 'Remove +8613800138010' }).click();
  await panel.getByText('+8613800138010').waitFor({ state: 'detached' });
  expect(await stored()).not.toHaveProperty('otherPhones');
  await management.delete(`/users/${body.id}`);
});

test('searches and pages in the address, and shows hostile names as text', async () => {
  const { server } = rig;
  const hostile = '<img src=x onerror=alert(1)>';
  await server.management.post('/users', { name: hostile });
  for (let index = 0; index < 21; index += 1) await server.management.post('/users', { username: `thief_${index}` });
  const page = await rig.open('users');
  await page.getByRole('link', { name: 'Next page' }).click();
  await page.getByRole('link', { name: hostile }).waitFor();
  expect(new URL(page.url()).searchParams.get('page')).toBe('2');
  await page.getByLabel('Search').fill('thief_20');
  await page.getByText('1 user', { exact: true }).waitFor();
  expect(new URL(page.url()).search).toBe('?search=thief_20');
  await page.reload();
  await page.getByRole('link', { name: 'thief_20' }).waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  expect(await page.getByLabel('Search').inputValue()).toBe('thief_20');
  await page.getByLabel('Search').fill('nobody');
  await page.getByText('Nothing matches').waitFor();
  await page.getByRole('button', { name: 'Clear the filters' }).last().click();
  await page.getByText('22 users').waitFor();
});

test('says what is wrong with a field in the language of the page', async () => {
  const page = await rig.open('users/create', { locale: 'zh-CN' });
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('手机号码').fill('123');
  await dialog.getByRole('button', { name: '创建' }).click();
  await dialog.getByText('请填写带国家代码的手机号码，例如 +8613800138000。').waitFor();
  await dialog.getByLabel('手机号码').fill('');
  await dialog.getByLabel('邮箱地址').fill('jürgen@example.com');
  await dialog.getByRole('button', { name: '创建' }).click();
  await dialog.getByText('@ 前面只能使用不带附加符号的字母 a 到 z。').waitFor();
});

test('finds a user by number and address as people write them, and shows the address so', async () => {
  const { server } = rig;
  const { body: user } = await server.management.post('/users', {
    primaryEmail: 'juergen@bücher.example',
    primaryPhone: '+447400100005',
  });
  const page = await rig.open('users');
  const link = page.getByRole('main').getByRole('link', { name: '+447400100005' });
  for (const typed of ['(0) 7400-100005', '0005', 'bücher']) {
    await page.getByLabel('Search').fill('nobody');
    await page.getByText('Nothing matches').waitFor();
    await page.getByLabel('Search').fill(typed);
    await link.waitFor();
  }
  await page.getByLabel('Search').fill('%0005');
  await page.getByText('Nothing matches').waitFor();
  await page.getByLabel('Search').fill('40010');
  await page.getByRole('link', { name: 'Look for “40010” anywhere in them' }).click();
  await link.waitFor();
  await server.management.patch(`/users/${user.id}`, { primaryPhone: '' });
  await load(page, `${server.baseUrl}/console/users/${user.id}`);
  await page.getByRole('heading', { level: 1, name: 'juergen@bücher.example' }).waitFor();
  expect(await page.getByRole('textbox', { name: 'Email address' }).inputValue()).toBe('juergen@bücher.example');
  await page.getByText('juergen@xn--bcher-kva.example').waitFor();
});

test('axe finds nothing: dark, in Chinese, 380 pixels wide', async () => {
  const { body } = await rig.server.management.post('/users', { name: 'Ali Baba', customData: { cave: 1 } });
  const page = await rig.open('users?search=Ali', narrow);
  await page.locator('main table').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await load(page, `${rig.server.baseUrl}/console/users/${body.id}`);
  await page.getByRole('heading', { level: 1, name: 'Ali Baba' }).waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  for (const dialog of ['users/create', `users/${body.id}/password`, `users/${body.id}/delete`]) {
    await load(page, `${rig.server.baseUrl}/console/${dialog}`);
    await page.getByRole('dialog').waitFor();
    expect(await axeProblemsOf(page)).toEqual([]);
  }
});

test('all messages to a user are those to each number and address', async () => {
  const { management, services } = rig.server;
  const [primaryPhone, other] = ['+8613800138020', '+8613800138021'];
  const { body: user } = await management.post('/users', { primaryPhone });
  await services.users.others.add({ userId: user.id, kind: 'phone' }, other);
  await management.patch(`/users/${user.id}`, { primaryEmail: 'marjana@example.com' });
  const recipients = [primaryPhone, other, 'marjana@example.com', '+8613800138022'];
  const rows = recipients.flatMap((recipient) => Array.from({ length: 4 }, () => messageRow({ recipient })));
  await services.store.db.insertInto('messages').values(rows).execute();
  const page = await rig.open(`users/${user.id}`);
  await page.getByRole('link', { name: 'All messages to this user' }).click();
  await page.getByText('12 messages', { exact: true }).waitFor();
  expect(await page.getByLabel('To the user').inputValue()).toBe(user.id);
  expect(await axeProblemsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await page.getByLabel('To the user').waitFor({ state: 'detached' });
});

test('which sign-ins are looked at is in the address', async () => {
  const { body: user } = await rig.server.management.post('/users', { username: 'comes_often' });
  for (const device of Array.from({ length: 11 }, (_, index) => `browser ${index}`)) {
    await rig.server.services.signIns.record({
      userId: user.id,
      applicationId: 'sesame-account',
      event: 'SignIn',
      method: 'code',
      client: { address: '203.0.113.9', marks: [] },
      userAgent: '',
      device,
    });
  }
  const page = await rig.open(`users/${user.id}`);
  const signIns = page.getByRole('region', { name: 'Sign-ins' }).getByRole('listitem');
  await expect.poll(() => signIns.count()).toBe(10);
  await page.getByRole('button', { name: 'Older' }).press('Enter');
  await expect.poll(() => signIns.count()).toBe(1);
  await page.reload();
  await expect.poll(() => signIns.count()).toBe(1);
  await page.getByRole('button', { name: 'Newer' }).press('Enter');
  await expect.poll(() => signIns.count()).toBe(10);
  expect(new URL(page.url()).search).toBe('');
});

test('answers a support call on one page, which a number typed anywhere leads to', async () => {
  const { server } = rig;
  const phone = '+4915223456780';
  const { body: user } = await server.management.post('/users', {
    primaryPhone: phone,
    name: 'Käthe',
    password: 'open sesame',
  });
  await server.management.patch(`/users/${user.id}`, { primaryPhone: '+4915223456781' });
  await server.management.patch(`/users/${user.id}`, { primaryPhone: phone });
  await server.management.post('/verification-codes', { phone });
  const failed = { recipient: phone, last_check_id: '', updated_at: Date.now(), blocked_until: 0 };
  await server.services.store.db
    .insertInto('verification_failures')
    .values({ ...failed, counter: 'all', failures: 100 })
    .execute();
  await server.services.signIns.record({
    userId: user.id,
    applicationId: 'sesame-account',
    event: 'SignIn',
    method: 'code',
    client: { address: '203.0.113.9', marks: [] },
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    device: 'a browser',
  });

  const page = await rig.open('overview');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('/');
  const box = page.getByRole('dialog').getByRole('combobox');
  await box.fill('0152 234567 80');
  await page.getByRole('dialog').getByRole('option', { name: 'Käthe' }).waitFor();
  await page.getByRole('dialog').getByRole('option', { name: phone }).last().waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { level: 1, name: 'Käthe' }).waitFor();
  await page.getByText('The number is locked').waitFor();
  await page.getByRole('button', { name: 'Unlock', exact: true }).press('Enter');
  await page.getByText('The number takes codes.').waitFor();
  // The button is gone; who works by keyboard goes on where it was.
  await expect.poll(() => page.locator(':focus').innerText()).toContain('The number takes codes.');
  await page.getByText('With a code · Firefox, Linux · 203.0.113.0/24').waitFor();
  await page.getByText('+4915223456781 → +4915223456780').waitFor();
  await page.getByRole('button', { name: 'Forget the browser' }).click();
  await page.getByText('No browser is known.').waitFor();
  // Applications may go on with what they were given, where no browser is signed in.
  await page.getByText('No browser is signed in.').waitFor();
  await page.getByRole('button', { name: 'Sign out everywhere' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.getByText('The user is signed out everywhere.').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByLabel('Custom data').fill('{"plan": ');
  await page.getByLabel('Username').fill('1');
  await page.getByLabel('Email address').fill('nobody');
  await page.getByLabel('Phone number').fill('12');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Write a JSON object').waitFor();
  await page.getByRole('button', { name: 'Save changes – 4 fields left' }).waitFor();
  await page.getByLabel('Username').fill('');
  await page.getByLabel('Email address').fill('');
  await page.getByLabel('Phone number').fill(phone);
  await page.getByLabel('Custom data').fill('{"plan": "free"}');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  expect((await server.management.get(`/users/${user.id}`)).body.customData).toEqual({ plan: 'free' });
  expect(await axeProblemsOf(page)).toEqual([]);

  await page.getByRole('region', { name: 'Messages' }).getByRole('link').first().click();
  await page.getByRole('link', { name: 'The user with this number' }).click();
  await page.getByRole('heading', { level: 1, name: 'Käthe' }).waitFor();

  const other = await rig.open(`users/${user.id}`, narrow);
  await other.getByText('使用验证码').waitFor();
  expect(await axeProblemsOf(other)).toEqual([]);
  await other.getByRole('button', { name: '查找用户、消息和应用' }).click();
  await other.getByRole('dialog').getByRole('combobox').fill('6780');
  await other.getByRole('dialog').getByRole('option').first().waitFor();
});
