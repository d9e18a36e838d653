import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ReceivedMail, type SmtpServer, startSmtpServer } from '../doubles/smtp.ts';
import { type PagesRig, publicUrl, startPagesRig } from './pages-rig.ts';
import { newPhone, stepsOf } from './steps.ts';

let rig: PagesRig;
let smtp: SmtpServer;
beforeAll(async () => {
  [rig, smtp] = await Promise.all([startPagesRig(), startSmtpServer({ authOptional: false, allowInsecureAuth: true })]);
  const templates = ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
    ...{ usageType, subject: '{{code}} is your code', content: 'Your code is {{code}}.', contentType: 'text/plain' },
  }));
  const auth = { user: 'jo', pass: 'right' };
  const config = { host: '127.0.0.1', port: smtp.port, auth, fromEmail: 'codes@example.com', templates };
  await rig.server.services.connectors.setUp('simple-mail-transfer-protocol', config);
});
afterAll(async () => {
  await rig.close();
  await smtp.close();
});

const password = 'tall trees in the wind';
const mailsTo = (address: string): ReceivedMail[] => smtp.mails.filter(({ to }) => to.includes(address));

test('who changes the number and the address on the account page is told of it at the old address', async () => {
  const [email, next, phone] = ['ali.baba@example.com', 'other.mailbox@example.com', newPhone()];
  await rig.server.services.users.create({ username: 'ali', password, primaryEmail: email });
  const visitor = await rig.newVisitor({ language: 'zh-CN' });
  const { page } = visitor;
  const { see, fill, press, follow, giveNumber, answer, typeCode } = stepsOf(rig, visitor, { language: 'zh-CN' });
  await page.goto(`${publicUrl}/account`);
  await see('signIn.title');
  await press('signIn.withPassword');
  await fill('field.phoneOrUsername', 'ali');
  await fill('field.password', password);
  await press('signIn.submit');
  await see('account.title');

  await follow('account.addPhone');
  await see('verify.title');
  await fill('field.password', password);
  await press('verify.submit');
  await see('phone.linkTitle');
  await giveNumber(phone);
  await answer(phone);
  await see('account.title');
  await expect.poll(() => mailsTo(email)).toHaveLength(1);
  const [first] = mailsTo(email);
  expect(first?.mail.subject).toBe('Sesame: 您的账号已添加手机号码。');
  expect(first?.mail.text).toContain('如非本人操作，请立即联系客服。');
  expect(first?.mail.html).toContain('lang="zh-CN"');

  await follow('account.changeEmail');
  await see('email.linkTitle');
  await fill('field.email', next);
  await press('continue');
  await see('code.title');
  await expect.poll(() => mailsTo(next)).toHaveLength(1);
  const [, code = ''] = /code is (\d{6})/.exec(mailsTo(next)[0]?.mail.text ?? '') ?? [];
  await typeCode(code);
  await see('account.title');
  await expect.poll(() => mailsTo(email)).toHaveLength(2);
  const { mail } = mailsTo(email)[1] as ReceivedMail;
  expect(mail.subject).toBe('Sesame: 您账号的邮箱地址已修改。');
  expect(mail.text).toContain('o•••@example.com');
  expect(mailsTo(next)).toHaveLength(1);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});
