import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusing, type SmtpServer, startSmtpServer } from '../doubles/smtp.ts';
import { axeProblemsOf } from '../setup/axe.ts';
import { button, editor, useConnectors } from './connectors-rig.ts';
import { load, looks } from './section-rig.ts';

const own = useConnectors();
let smtp: SmtpServer;
beforeAll(async () => {
  smtp = await startSmtpServer({
    authOptional: false,
    allowInsecureAuth: true,
    onRcptTo: ({ address }, _, done) =>
      address.startsWith('gone@') ? done(refusing(550, '5.1.1 No such mailbox')) : done(),
  });
});
afterAll(() => smtp?.close());

const consoleOf = (path: string) => `${own.rig.server.baseUrl}/console/${path}`;

/** A mail server that sends, as what the form begins with and these fields make it. */
async function setUpSmtp(): Promise<void> {
  const { management } = own.rig.server;
  const { formItems } = (await management.get('/connector-factories/simple-mail-transfer-protocol')).body;
  const { defaultValue: templates } = formItems.find(({ key }: { key: string }) => key === 'templates');
  const reached = { host: '127.0.0.1', port: smtp.port, auth: { user: 'jo', pass: 'right' } };
  const config = { ...reached, fromEmail: 'codes@example.com', templates };
  const reply = await management.post('/connectors', { connectorId: 'simple-mail-transfer-protocol', config });
  expect(reply, reply.text).toMatchObject({ status: 200 });
}

test('the row of email leads to a mail server that sends, beside the connector for SMS', async () => {
  await own.setUp(own.twilio);
  const { page, broken } = await own.openWatched('connectors');
  await page.getByRole('link', { name: 'Set up Email connector' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set up Email connector' });
  expect(await dialog.getByRole('radio').first().getAttribute('aria-labelledby')).toBe(
    'factory-development-inbox-email',
  );
  expect(await dialog.getByText('Twilio SMS', { exact: true }).count()).toBe(0);
  await dialog.getByText('SMTP', { exact: true }).click();
  await button(page, 'Next').click();

  await page.getByRole('heading', { level: 1, name: 'Set up SMTP', exact: true }).waitFor();
  await page.locator('#field-host').fill('127.0.0.1');
  await page.locator('#field-port').fill(String(smtp.port));
  await page.locator('#field-fromEmail').fill('Ali Baba <codes@example.com>');
  const signIn = page.locator('#field-auth');
  const giveSignIn = async (pass: string) => {
    await signIn.click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(JSON.stringify({ user: 'jo', pass }));
  };
  await giveSignIn('wrong');
  await editor(page).waitFor();
  // What may be left out is not wrong because it is: screen readers say what is marked so.
  const marked = page.locator('[aria-invalid="true"]');
  expect(await marked.count()).toBe(0);
  await page.getByText('Form', { exact: true }).click();
  const card = page.getByRole('region', { name: 'Generic', exact: true });
  const subject = card.getByRole('textbox', { name: /^Subject/ }).first();
  await subject.fill('{{code}} opens the cave');
  await card.getByTestId('inbox-row').getByText('123456 opens the cave').waitFor();
  const mail = card.frameLocator('iframe[data-shown]').first().getByText('123456').first();
  await mail.waitFor();
  expect(broken).toEqual([]);

  // Of all the texts, the one that is at fault.
  const forgot = page.getByRole('region', { name: 'ForgotPassword', exact: true });
  const content = forgot.getByRole('textbox', { name: /^Text/ });
  const good = await content.inputValue();
  await content.fill('Come in.');
  await button(page, 'Save and Done – 1 field left').click();
  await forgot.locator('[data-severity="error"]:focus').waitFor();
  await content.fill(good);

  await page.getByLabel('Email address').fill('nobody');
  await button(page, 'Send').click();
  await page.getByText('Give an email address, for example ali@example.com.').waitFor();
  await page.getByLabel('Email address').fill('Morgiana@example.com');
  await button(page, 'Send').click();
  await page.getByText('535 No').waitFor();
  await signIn.and(marked).waitFor();
  await giveSignIn('right');
  await button(page, 'Send').click();
  await page.getByText('Sent to Morgiana@example.com').waitFor();
  expect(smtp.mails.at(-1)).toMatchObject({
    to: ['Morgiana@example.com'],
    mail: { subject: '000000 opens the cave', html: expect.stringContaining('000000') },
  });

  await button(page, 'Save and Done').click();
  await page.getByRole('heading', { level: 1, name: 'SMTP', exact: true }).waitFor();
  expect(await own.live()).toMatchObject([
    { connectorId: own.twilio.factoryId, type: 'Sms' },
    { connectorId: 'simple-mail-transfer-protocol', type: 'Email' },
  ]);
  await own.rig.server.management.post('/verification-codes', { email: 'Morgiana@example.com' });
  await page.getByRole('tab', { name: 'Messages' }).click();
  await page
    .getByRole('row', { name: /m•••@example\.com.*SMTP.*Accepted/s })
    .first()
    .waitFor();

  // One click lets people sign in by email, and sign up where a number alone was enough.
  const experience = async () => (await own.rig.server.management.get('/sign-in-exp')).body;
  await page.getByText('Codes by email do not sign anybody in yet').waitFor();
  await button(page, 'Enable email sign-in').click();
  await page.getByText('People can now sign in with a code by email.').waitFor();
  await button(page, 'Enable email sign-in').waitFor({ state: 'detached' });
  expect((await experience()).signUp.identifiers).toEqual(['phone', 'email']);

  // The connectors of both channels are the live ones.
  await load(page, consoleOf('connectors'));
  await page.getByRole('link', { name: 'SMTP', exact: true }).waitFor();
  await page.getByRole('link', { name: 'Twilio SMS', exact: true }).waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
});

test('a mailbox that is not there gets no further mail, until somebody lets it', async () => {
  await setUpSmtp();
  await own.rig.server.management.post('/verification-codes', { email: 'gone@example.com' });
  const refused = await own.rig.server.management.get('/messages?email=gone%40example.com');
  const page = await own.rig.open(`messages/${refused.body[0].id}`);
  await page.getByText(/No mail goes to this address since/).waitFor();
  await load(page, consoleOf('messages/suppressions'));
  await page.getByRole('row', { name: /g•••@example\.com.*550/s }).waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await page.getByRole('link', { name: 'Suppress an address' }).click();
  const adding = page.getByRole('dialog', { name: 'Suppress an address' });
  await adding.getByLabel('Email address').fill('nobody');
  await button(page, 'Suppress').click();
  await adding.locator('[aria-invalid="true"]').waitFor();
  await adding.getByLabel('Email address').fill('Cassim@example.com');
  await button(page, 'Suppress – 1 field left').or(button(page, 'Suppress')).click();
  await page.getByRole('row', { name: /c•••@example\.com.*By an administrator/s }).waitFor();
  await button(page, 'Let mail go there again: g•••@example.com').click();
  await page.getByRole('row', { name: /g•••/ }).waitFor({ state: 'detached' });
  expect((await own.rig.server.management.get('/suppressions')).body).toMatchObject([{ email: 'cassim@example.com' }]);
});

test('a suppressed address has its domain in its own script, also while it is masked', async () => {
  await own.rig.server.management.post('/suppressions', { email: 'ming@例子.中国', reason: 'asked' });
  const page = await own.rig.open('messages/suppressions');
  await page.getByRole('row', { name: /m•••@例子\.中国/ }).waitFor();
  await button(page, 'Let mail go there again: m•••@例子.中国').waitFor();
});

test('a connector that was set up elsewhere a moment ago has its page', async () => {
  const page = await own.rig.open('connectors');
  await page.getByRole('link', { name: 'Set up Email connector' }).waitFor();
  await setUpSmtp();
  const [{ id }] = await own.live();
  await load(page, consoleOf(`connectors/${id}`));
  await page.getByRole('heading', { level: 1, name: 'SMTP', exact: true }).waitFor();
});

test('a text of one’s own goes before the template of the connector, which is shown where there is none', async () => {
  await setUpSmtp();
  const page = await own.rig.open('connectors/email-templates');
  const ownText = page.getByRole('region', { name: 'SignIn, English' });
  await ownText.getByText('The template of SMTP is sent: Any language.').waitFor();
  await button(page, 'Write a text for SignIn, English').click();
  await ownText.getByRole('textbox', { name: /^Subject/ }).fill('{{code}} is the word');
  await ownText.getByTestId('inbox-row').getByText('123456 is the word').waitFor();
  await button(page, 'Save changes').click();
  await button(page, 'Save changes').waitFor({ state: 'detached' });
  expect((await own.rig.server.management.get('/email-templates')).body).toMatchObject([
    { languageTag: 'en', templateType: 'SignIn', details: { subject: '{{code}} is the word' } },
  ]);
  await button(page, 'Remove the template for SignIn, English').click();
  await button(page, 'Save changes').click();
  await button(page, 'Save changes').waitFor({ state: 'detached' });
  expect((await own.rig.server.management.get('/email-templates')).body).toEqual([]);

  await page.getByLabel('Language of the texts').selectOption('Deutsch');
  await page.waitForURL(/[?]language=de$/);
  await page.reload();
  await page.getByRole('region', { name: 'SignIn, Deutsch' }).waitFor();
});

test('mails that are written by usage type are pictured as those in a list', async () => {
  const page = await own.rig.open('connectors/set-up/mailgun-email');
  const deliveries = page.getByRole('region', { name: 'Deliveries' });
  await deliveries.getByTestId('inbox-row').getByText('123456 is your code for Acme').waitFor();
  await deliveries.frameLocator('iframe[data-shown]').getByText('123456').first().waitFor();
});

test.each(looks)('the templates of mails and the account center pass axe: %s', async (_, look) => {
  const { management } = own.rig.server;
  await management.post('/connectors', { connectorId: 'development-inbox-email' });
  const { page, broken } = await own.openWatched('connectors/development-inbox-email?tab=templates', look);
  const [{ id }] = await own.live();
  await load(page, consoleOf(`connectors/${id}?tab=templates`));
  await page.locator('iframe').first().waitFor();
  await page.frameLocator('iframe[data-shown]').first().getByText('123456').first().waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  for (const path of ['connectors/email-templates', 'sign-in-experience/account-center']) {
    await load(page, consoleOf(path));
    await page.getByRole('combobox').first().waitFor();
    expect(await axeProblemsOf(page)).toEqual([]);
  }
  expect(broken).toEqual([]);
});
