import { readFileSync } from 'node:fs';
import { failureOf } from '@sesame/connector-kit/connector-test';
import type { SMTPServerOptions } from 'smtp-server';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startSmtpServer } from '../../test/doubles/smtp.ts';
import create from './index.ts';
import { config, recipient, sendTo } from './test-account.ts';

async function start(options: SMTPServerOptions = {}) {
  const server = await startSmtpServer(options);
  onTestFinished(server.close);
  return server;
}

describe('a mail', () => {
  test('has both parts, and tells machines not to answer', async () => {
    const { port, mails } = await start();
    const { providerMessageId, text } = await sendTo(port, { replyTo: 'Help <help@example.com>' });
    const [received] = mails;
    expect(received).toMatchObject({
      from: 'codes@example.com',
      to: [recipient],
      mail: {
        subject: '918273 is your code',
        text: expect.stringContaining('Code: 918273'),
        html: expect.stringContaining('<b>918273</b>'),
        messageId: '<message-1@example.com>',
        from: { text: '"Sesame" <codes@example.com>' },
        replyTo: { text: '"Help" <help@example.com>' },
      },
    });
    expect([providerMessageId, text?.trim()]).toEqual(['<message-1@example.com>', 'Code: 918273']);
    const headers = received?.mail.headers;
    expect(['auto-submitted', 'x-auto-response-suppress', 'x-mailer'].map((name) => headers?.get(name))).toEqual([
      'auto-generated',
      'All',
      undefined,
    ]);
  });

  test('tells its headers, each as the server got it', async () => {
    const { port, mails } = await start();
    const { headers = [] } = await sendTo(port, {
      fromEmail: '芝麻 <codes@bücher.example>',
      replyTo: 'Help <help@bücher.example>, jo@example.com',
      customHeaders: { 'X-Class': ['a', 'b'], 'List-Id': 'codes', 'reply-to': 'eve@example.net' },
    });
    const received = mails[0]?.mail.headerLines.map(({ line }) => line.replace(/\r?\n/g, '')) ?? [];
    expect(headers.map(({ name, value }) => `${name}: ${value}`)).toEqual(
      received.filter((line) => !/^(?:mime-version|content-type|received):/i.test(line)),
    );
    expect(headers).toContainEqual({ name: 'Reply-To', value: '"Help" <help@xn--bcher-kva.example>, jo@example.com' });
    expect(Date.parse(headers.find(({ name }) => name === 'Date')?.value ?? '')).toBeGreaterThan(0);
  });

  test('has further headers, one of which may take the place of ours', async () => {
    const { port, mails } = await start();
    await sendTo(port, { customHeaders: { 'X-Class': ['a', 'b'], 'auto-submitted': 'auto-replied' } });
    const headers = mails[0]?.mail.headerLines.map(({ line }) => line.toLowerCase()) ?? [];
    expect(headers.filter((line) => /^(x-class|auto-submitted):/.test(line)).sort()).toEqual([
      'auto-submitted: auto-replied',
      'x-class: a',
      'x-class: b',
    ]);
  });

  test('goes to a domain in any script, from a domain in any script', async () => {
    const { port, mails } = await start();
    await sendTo(port, { fromEmail: '芝麻 <codes@bücher.example>' }, { to: 'Jo@Müller.example' });
    // The server shows domains in Unicode, whatever came over the wire.
    expect(mails).toMatchObject([{ to: ['Jo@müller.example'], from: 'codes@bücher.example' }]);
    expect(mails[0]?.mail.from?.value).toMatchObject([{ name: '芝麻' }]);
  });

  test('is from whom its template says, whatever a variable holds', async () => {
    const { port, mails } = await start();
    const templates = config.templates.map((template) => ({
      ...template,
      sendFrom: '{{application.name}} <shop@example.com>',
      replyTo: 'help@example.com',
    }));
    const application = { name: 'Eve <eve@example.net>, "x' };
    await sendTo(port, { templates }, { payload: { code: '918273', application } });
    expect(mails[0]?.mail.from?.value).toEqual([{ name: application.name, address: 'shop@example.com' }]);
    expect(mails[0]?.from).toBe('shop@example.com');
    expect(mails[0]?.mail.replyTo?.text).toBe('help@example.com');
  });

  test('has no header and no recipient by a line break in a name', async () => {
    const { port, mails } = await start();
    const templates = config.templates.map((template) => ({
      ...template,
      subject: 'For {{application.name}}',
      sendFrom: '{{application.name}} <shop@example.com>',
      replyTo: '{{application.name}} <help@example.com>',
    }));
    const name = 'Shop\r\nBcc: eve@example.net';
    await sendTo(port, { templates }, { payload: { code: '918273', application: { name } } });
    const mailbox = { name: 'Shop Bcc: eve@example.net' };
    expect(mails).toMatchObject([
      {
        to: [recipient],
        mail: { subject: `For ${mailbox.name}`, from: { value: [mailbox] }, replyTo: { value: [mailbox] } },
      },
    ]);
    expect(mails[0]?.mail.headers.has('bcc')).toBe(false);
  });
});

describe('signing in', () => {
  const asked = { authOptional: false, allowInsecureAuth: true };

  test('with a password, of which a refusal tells nothing', async () => {
    const words = `No ${Buffer.from('\0jo\0wrong-secret').toString('base64')} wrong-secret of jo@example.com`;
    const { port, mails } = await start({
      ...asked,
      onAuth: ({ password }, _, done) =>
        password === 'right-secret'
          ? done(null, { user: 'jo' })
          : done(Object.assign(new Error(words), { responseCode: 535 })),
    });
    await sendTo(port, { auth: { user: 'jo', pass: 'right-secret', type: 'Login' } });
    expect(mails).toHaveLength(1);
    const { data } = await failureOf(sendTo(port, { auth: { user: 'jo', pass: 'wrong-secret' } }));
    expect(data).toMatchObject({ kind: 'configuration', providerCode: '535', issues: [{ path: 'auth' }] });
    expect(data.providerMessage).toMatch(/^No \[hidden\] \[hidden\] of /);
    expect(data.providerMessage).not.toContain('jo@example.com');
  });

  test('is missing where the server asks for it', async () => {
    const { port } = await start(asked);
    expect((await failureOf(sendTo(port))).data).toMatchObject({ kind: 'configuration', providerCode: '530' });
  });
});

describe('TLS', () => {
  const file = (name: string) =>
    readFileSync(new URL(`../../test/setup/certificates/${name}`, import.meta.url), 'utf8');
  const keys = { key: file('server.key'), cert: file('server.pem') };
  const ca = file('authority.pem');

  test.each([
    ['STARTTLS', {}, {}],
    ['STARTTLS that is required', {}, { requireTLS: true }],
    ['TLS from the start', { secure: true }, { secure: true }],
  ])('%s takes a certificate that is trusted, and no other', async (_, ofServer, ofConfig) => {
    const secured: boolean[] = [];
    const { port, mails } = await start({
      ...keys,
      ...ofServer,
      onMailFrom: (_address, { secure }, done) => {
        secured.push(secure);
        done();
      },
    });
    const trusting = { ...ofConfig, servername: 'localhost', tls: { ca } };
    await sendTo(port, trusting);
    await sendTo(port, { ...ofConfig, tls: { rejectUnauthorized: false } });
    expect(secured).toEqual([true, true]);
    for (const tls of [undefined, {}]) {
      const { data } = await failureOf(sendTo(port, { ...ofConfig, ...(tls && { tls }) }));
      expect(data).toMatchObject({ kind: 'configuration', message: expect.stringContaining('tls') });
    }
    expect(mails).toHaveLength(2);
  });

  test.each<[how: string, options: SMTPServerOptions]>([
    ['STARTTLS', {}],
    ['TLS from the start', { secure: true }],
  ])('of which the options are of no use is a matter of the configuration, by %s', async (_, ofServer) => {
    const { port } = await start({ ...keys, ...ofServer });
    for (const tls of [{ key: 'no key' }, { cert: 'no certificate' }, { ecdhCurve: 'none' }, { ciphers: 'none' }]) {
      const { data } = await failureOf(sendTo(port, { ...ofServer, tls }));
      expect([tls, data.kind]).toEqual([tls, 'configuration']);
    }
  });

  test('stays away where it is ignored', async () => {
    const { port, mails } = await start(keys);
    await sendTo(port, { ignoreTLS: true });
    expect(mails).toHaveLength(1);
  });

  test('that is required and not there sends nothing', async () => {
    const { port, mails } = await start();
    expect((await failureOf(sendTo(port, { requireTLS: true, ignoreTLS: true }))).data.kind).toBe('configuration');
    expect(mails).toEqual([]);
  });
});

describe('connections', () => {
  test('are kept, and closed once another configuration is in use', async () => {
    const before = await start();
    const after = await start();
    for (let time = 0; time < 3; time += 1) await sendTo(before.port);
    expect([before.connections(), before.open()]).toEqual([1, 1]);
    await sendTo(after.port);
    await expect.poll(() => before.open()).toBe(0);
    await sendTo(before.port);
    await expect.poll(() => [before.open(), after.open()]).toEqual([1, 0]);
  });

  test('are closed when the server stops', async () => {
    const { port, open } = await start();
    await sendTo(port);
    const connector = await create({ getConfig: async () => config });
    connector.close?.();
    await expect.poll(() => open()).toBe(0);
    await sendTo(port);
    expect(open()).toBe(1);
  });

  test('that the server ended in between are made anew', async () => {
    const { port, mails, drop, open } = await start();
    await sendTo(port);
    drop();
    await expect.poll(() => open()).toBe(0);
    await sendTo(port);
    expect(mails).toHaveLength(2);
  });
});

test('the log of the dialogue holds neither secrets nor addresses nor codes', async () => {
  const lines: string[] = [];
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  onTestFinished(() => spy.mockRestore());
  const { port } = await start({ allowInsecureAuth: true });
  await sendTo(port, { auth: { user: 'jo@example.com', pass: 'right' }, logger: true, debug: true });
  const log = lines.join('');
  expect(log).toMatch(/^SMTP .*220 .*$/m);
  expect(log).toMatch(/RCPT TO/);
  for (const hidden of [recipient, 'right', btoa('right'), btoa('\0jo@example.com\0right'), '918273']) {
    expect(log).not.toContain(hidden);
  }
});
