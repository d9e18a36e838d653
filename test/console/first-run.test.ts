import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { axeProblemsOf } from '../setup/axe.ts';
import { closeWindows, sharedBrowser } from '../setup/browser.ts';
import { type ChildServer, newEmptyChildData, startChildServer } from '../setup/child-server.ts';
import { noReferrerOfOldBrowser, type ProxyChanges, startProxy } from '../setup/proxy.ts';
import { buildConsole, newWindow } from './section-rig.ts';
import type { Look } from './windows.ts';

let browser: Browser;
const ends: (() => unknown)[] = [];
beforeAll(async () => {
  [browser] = await Promise.all([sharedBrowser(), buildConsole()]);
});
afterAll(() => Promise.all([closeWindows(), ...ends.map((end) => end())]));

async function newServer(): Promise<ChildServer> {
  const { env, remove } = await newEmptyChildData('SQLite');
  const server = await startChildServer(env);
  ends.push(() => server.kill('SIGTERM').then(remove));
  return server;
}

type SetUpWord = 'title' | 'username' | 'password' | 'repeated' | 'common' | 'create' | 'console' | 'next';

const english: Record<SetUpWord, string | RegExp> = {
  title: 'Set up Sesame',
  username: 'Username',
  password: 'Password',
  repeated: 'Password, once more',
  common: /one of the most common passwords/,
  create: 'Create administrator',
  console: 'Console',
  next: 'Open the connector and send a test',
};
const chinese: Record<SetUpWord | 'phone' | 'send' | 'sent' | 'text' | 'signIn' | 'offer', string | RegExp> = {
  title: '设置 Sesame',
  username: '用户名',
  password: '密码',
  repeated: '再次输入密码',
  common: /这是最常见的密码之一/,
  create: '创建管理员',
  console: '控制台',
  next: '打开连接器并发送测试消息',
  phone: '手机号码',
  send: '发送',
  sent: /\+8613800138000/,
  text: '000000',
  signIn: '登录',
  offer: '保护您的登录',
};

/** Follows the printed link, makes an administrator, who is then signed in, and goes on with the list of first steps. */
async function setUp(look: Look, changes: ProxyChanges, say: Record<SetUpWord, string | RegExp>) {
  const server = await newServer();
  const proxy = await startProxy(server.baseUrl, changes);
  ends.push(proxy.close);
  const page = await (await newWindow(browser, look)).newPage();
  // It is printed after the line that says that the server is ready.
  const printed = await vi.waitFor(() => {
    const [found] = /http\S+set-up\?token=\S+(?=\s)/.exec(server.stdout()) ?? [];
    if (!found) throw new Error('No link is printed yet.');
    return found;
  }, 10_000);
  const link = printed.replace(server.publicUrl, proxy.url);
  await page.goto(link);
  await page.getByRole('heading', { name: say.title }).waitFor();
  await page.getByLabel(say.username).fill('ada');
  await page.getByLabel(say.password, { exact: true }).fill('password1');
  await page.getByLabel(say.repeated).fill('password1');
  await page.getByRole('button', { name: say.create }).click();
  await page.getByText(say.common).waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  expect(await page.getByLabel(say.username).inputValue()).toBe('ada');
  await page.getByLabel(say.password, { exact: true }).fill('tall trees in the wind');
  await page.getByLabel(say.repeated).fill('tall trees in the wind');
  await page.getByLabel(say.repeated).press('Enter');
  await page.getByRole('link', { name: say.console }).click();
  await page.getByRole('link', { name: say.next }).click();
  return { page, link, url: proxy.url };
}

test('from the printed link to the first connector, in English, light', async () => {
  const { page } = await setUp({}, {}, english);
  await page.getByLabel('Phone number').waitFor();
});

test('from the printed link to a code, in Chinese, dark and 380 pixels wide, through a proxy that tells no referrers, in an old browser', async () => {
  const look: Look = { locale: 'zh-CN', colorScheme: 'dark', width: 380 };
  const say = chinese;
  const { page, link, url } = await setUp(look, noReferrerOfOldBrowser, say);
  await page.getByLabel(say.phone).fill('+86 138 0013 8000');
  await page.getByRole('button', { name: say.send, exact: true }).click();
  await page.getByText(say.sent).waitFor();
  await page.getByText(say.text).first().waitFor();
  await page.goto(link);
  expect(await axeProblemsOf(page)).toEqual([]);
  await page.context().clearCookies();
  await page.goto(`${url}/console`);
  await page.getByLabel(say.username).fill('ada');
  await page.getByLabel(say.password, { exact: true }).fill('tall trees in the wind');
  await page.getByRole('button', { name: say.signIn }).click();
  await page.getByText(say.offer).waitFor();
});
