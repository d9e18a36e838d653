import { failureOf } from '@sesame/connector-kit/connector-test';
import { expect, onTestFinished, test, vi } from 'vitest';
import {
  drop,
  hang,
  type SmtpScript,
  type SmtpStep,
  startScriptedSmtp,
  trickle,
} from '../../test/doubles/scripted-smtp.ts';
import create from './index.ts';
import { config, recipient, sendTo } from './test-account.ts';

const auth = { user: 'jo', pass: 'secret-of-jo' };

async function start(script?: SmtpScript) {
  const server = await startScriptedSmtp(script);
  onTestFinished(server.close);
  return server;
}

/** Does this at one step and the usual at the others. */
const at =
  (step: SmtpStep, fault: SmtpScript): SmtpScript =>
  (now, socket, line) =>
    now === step ? fault(now, socket, line) : undefined;

const beforeMail = ['greeting', 'EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA'] as const;

const timeoutMs = 3000;

/** Until what it returns is called, no time is over: a machine may take as long as it likes to get to a step. */
function stopTimers(): () => Promise<unknown> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  return () => vi.advanceTimersByTimeAsync(timeoutMs);
}

test('a server that hangs or trickles its replies is given up in time, and not asked again', async () => {
  const letTimePass = stopTimers();
  const asked = [...beforeMail, 'end' as const].flatMap((step) =>
    [hang, trickle].map(async (fault) => {
      const reached = Promise.withResolvers<void>();
      const faulty: SmtpScript = (...said) => {
        reached.resolve();
        return fault(...said);
      };
      const { port, counts } = await start(at(step, faulty));
      const connector = await create({ getConfig: async () => ({ ...config, port, auth }), timeoutMs });
      const failure = failureOf(connector.sendMessage({ to: recipient, type: 'SignIn', payload: { code: '918273' } }));
      await reached.promise;
      return async () => {
        const { data } = await failure;
        return [step, fault.name, data.kind, data.isUnsent === true, counts.connections];
      };
    }),
  );
  const outcomes = await Promise.all(asked);
  await letTimePass();
  expect(await Promise.all(outcomes.map((outcome) => outcome()))).toEqual(
    [...beforeMail, 'end'].flatMap((step) =>
      ['hang', 'trickle'].map((fault) => [step, fault, 'unclear', step !== 'end', 1]),
    ),
  );
});

test.each(beforeMail)('a connection that ends at %s is made anew, three times in all', async (step) => {
  const { port, counts } = await start(at(step, drop));
  const { data } = await failureOf(sendTo(port, { auth }));
  expect(data).toMatchObject({ kind: 'unclear', isUnsent: true });
  expect(counts).toMatchObject({ connections: 3, taken: 0 });
});

test.each<[what: string, fault: SmtpScript, connections: number, told: object]>([
  ['refuses TLS that it offered', () => '454 4.7.0 TLS is not available', 1, { kind: 'configuration' }],
  ['does not know TLS that it offered', () => '502 5.5.1 Not here', 1, { kind: 'configuration' }],
  ['drops at STARTTLS', drop, 3, { kind: 'unclear', isUnsent: true }],
  ['hangs at STARTTLS', hang, 1, { kind: 'unclear', isUnsent: true }],
])('a server that %s gets neither the password nor the mail in the clear', async (_, fault, connections, told) => {
  const letTimePass = fault === hang ? stopTimers() : async () => {};
  const reached = Promise.withResolvers<void>();
  const steps: SmtpStep[] = [];
  const { port, counts } = await start((step, socket, line) => {
    steps.push(step);
    if (step === 'EHLO') return '250-double\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN';
    if (step !== 'STARTTLS') return undefined;
    reached.resolve();
    return fault(step, socket, line);
  });
  const connector = await create({
    ...{ getConfig: async () => ({ ...config, port, auth }), sleep: async () => {} },
    ...(fault === hang && { timeoutMs }),
  });
  const failure = failureOf(connector.sendMessage({ to: recipient, type: 'SignIn', payload: { code: '918273' } }));
  await reached.promise;
  await letTimePass();
  expect((await failure).data).toMatchObject(told);
  expect(steps.filter((step) => ['AUTH', 'MAIL', 'DATA'].includes(step))).toEqual([]);
  expect(counts).toMatchObject({ connections, taken: 0 });
});

test.each([
  ['a password', auth],
  ['a token', { type: 'OAuth2', user: 'jo', accessToken: 'token-of-jo', expires: Date.UTC(2100, 0) }],
])(
  'where a server offers no TLS, %s goes to this machine alone, unless the configuration says so',
  async (_, given) => {
    const steps: SmtpStep[] = [];
    const { port, counts } = await start((step) => {
      steps.push(step);
      return undefined;
    });
    // Leads to this machine as well, but not by its name or an address of its own.
    const elsewhere = { host: '0.0.0.0', auth: given, requireTLS: false, ignoreTLS: false };
    const { data } = await failureOf(sendTo(port, elsewhere));
    expect(data).toMatchObject({ kind: 'configuration', issues: [{ path: 'port' }, { path: 'ignoreTLS' }] });
    expect(steps).toEqual(['greeting', 'EHLO', 'STARTTLS']);
    for (const changes of [{ ignoreTLS: true }, { auth: {} }, { host: 'localhost' }]) {
      await sendTo(port, { ...elsewhere, ...changes });
    }
    expect(counts.taken).toBe(3);
    expect(steps.filter((step) => step === 'AUTH')).toHaveLength(2);
  },
);

test('a connection that ends once, before the mail, costs nobody the code', async () => {
  let times = 0;
  const { port, counts } = await start((step, socket, line) => {
    times += step === 'MAIL' ? 1 : 0;
    return step === 'MAIL' && times === 1 ? drop(step, socket, line) : undefined;
  });
  await sendTo(port, { auth });
  expect(counts).toMatchObject({ connections: 2, taken: 1 });
});

test('a connection that ends after the mail leaves it in doubt, and the mail is not sent again', async () => {
  const { port, counts } = await start(at('end', drop));
  const { data } = await failureOf(sendTo(port, { auth }));
  expect(data).toMatchObject({ kind: 'unclear' });
  expect(data.isUnsent).toBeUndefined();
  expect(counts.connections).toBe(1);
});

test('a server that greets slowly is waited for', async () => {
  let greet = (_: string) => {};
  const greeting = new Promise<string>((resolve) => {
    greet = resolve;
  });
  const { port, counts } = await start(at('greeting', () => greeting));
  const sending = sendTo(port, { auth });
  await expect.poll(() => counts.connections).toBe(1);
  greet('220-a line before\r\n220 at last');
  await sending;
  expect(counts).toMatchObject({ connections: 1, taken: 1 });
});

test('an address that this machine does not have is told as the fault', async () => {
  const { port } = await start();
  const { data } = await failureOf(sendTo(port, { localAddress: '203.0.113.1' }));
  expect(data).toMatchObject({ kind: 'configuration', issues: [{ path: 'localAddress' }] });
});

test('a server that is not there has sent nothing', async () => {
  const { port, close } = await start();
  await close();
  expect((await failureOf(sendTo(port))).data).toMatchObject({ kind: 'unclear', isUnsent: true });
});

test.each<[SmtpStep, string, string]>([
  ...beforeMail.flatMap((step): [SmtpStep, string, string][] => [
    [step, '421 4.3.2 Closing', 'limit'],
    [step, '451 4.3.0 Try later', 'limit'],
  ]),
  ['end', '452 4.2.2 Mailbox full', 'limit'],
  ['end', '421 4.3.2 Closing', 'limit'],
  ['AUTH', '454 4.7.0 Temporary failure', 'limit'],
  ['greeting', '554 No mail from you', 'configuration'],
  ['greeting', '550 5.1.1 Nobody', 'configuration'],
  ['EHLO', '504 No such name', 'configuration'],
  ['AUTH', '535 5.7.8 Bad credentials', 'configuration'],
  ['AUTH', '500 What?', 'configuration'],
  ['MAIL', '550 Not yours', 'configuration'],
  ['MAIL', '550 5.1.1 Nobody', 'configuration'],
  ['MAIL', '530 5.7.0 Sign in first', 'configuration'],
  ['MAIL', '553 5.1.8 Domain of sender does not exist', 'configuration'],
  ['RCPT', '550 Nobody', 'recipient'],
  ['RCPT', '550 5.1.1 Nobody', 'recipient'],
  ['RCPT', '552 5.2.2 Mailbox full', 'recipient'],
  ['RCPT', '550 5.4.1 Access denied', 'recipient'],
  ['RCPT', '550 relay not permitted', 'configuration'],
  ['RCPT', '503 Bad sequence of commands', 'configuration'],
  ['RCPT', '503 AUTH first', 'configuration'],
  ['RCPT', '550 Your IP is on our blocklist', 'configuration'],
  ['RCPT', '554 5.0.0 Blocked using zen.dnsbl.example', 'configuration'],
  ['RCPT', '550 SPF check failed', 'configuration'],
  ['RCPT', '553 sorry, your envelope sender is refused', 'configuration'],
  ['RCPT', '550 Unknown user, says our policy', 'configuration'],
  ['RCPT', '550 5.1.0 Sender address rejected: User unknown', 'configuration'],
  ['RCPT', '550 5.1.1 Sender verify failed', 'configuration'],
  ['RCPT', '501 Bad address', 'recipient'],
  ['RCPT', '550 Mailbox unavailable', 'recipient'],
  ['RCPT', '554 5.7.1 Relay access denied', 'configuration'],
  ['DATA', '554 No', 'configuration'],
  ['end', '554 5.7.1 Spam', 'configuration'],
  ['end', '550 5.1.1 Nobody', 'recipient'],
  ['end', '552 5.3.4 Too large', 'configuration'],
])('at %s, %j is %s, and is not sent again', async (step, reply, kind) => {
  const { port, counts } = await start(at(step, () => reply));
  const { data } = await failureOf(sendTo(port, { auth }));
  expect(data).toMatchObject({ kind, providerCode: reply.slice(0, 3), providerMessage: reply.slice(4) });
  expect(counts).toMatchObject({ connections: 1, taken: 0 });
});

test.each([...beforeMail, 'end' as const])(
  'a reply beyond those of SMTP, at %s, leaves in doubt only a mail that has begun',
  async (step) => {
    for (const reply of ['999 What?', 'Maybe']) {
      const { port, counts } = await start(at(step, () => reply));
      const { data } = await failureOf(sendTo(port, { auth }));
      expect([data.kind, data.isUnsent === true, counts.connections]).toEqual(['unclear', step !== 'end', 1]);
    }
  },
);

/** Writes on as long as somebody reads. */
const flood =
  (text: string): SmtpScript =>
  (_, socket) => {
    const write = () => {
      while (!socket.destroyed && socket.write(text));
    };
    socket.on('drain', write);
    write();
    return new Promise(() => {});
  };

test.each([
  ['a line without an end', 'x'.repeat(1 << 16)],
  ['lines without an end', `250-${'y'.repeat(200)}\r\n`.repeat(300)],
])('a reply of %s is broken off', async (_, text) => {
  for (const step of ['greeting', 'RCPT', 'end'] as const) {
    const { port, counts } = await start(at(step, flood(text)));
    const { data } = await failureOf(sendTo(port, { auth }));
    expect([data.kind, data.isUnsent === true, counts.connections]).toEqual(['unclear', step !== 'end', 1]);
  }
});

test('what a server says is shown on one line, without what would act on a terminal', async () => {
  const { port } = await start(at('RCPT', () => '550-5.7.1 a\0b\x1b[31mred\r\n550 \x07é'));
  const { data } = await failureOf(sendTo(port));
  expect(data.providerMessage).toMatch(/^5\.7\.1 a b \[31mred/);
  expect(data.providerMessage).not.toMatch(/\p{Cc}/u);
});

test('replies that a server says inside of TLS before it has begun are no replies', async () => {
  const letTimePass = stopTimers();
  const beganTls = Promise.withResolvers<void>();
  const steps: SmtpStep[] = [];
  const { port } = await start((step, socket) => {
    steps.push(step);
    if (step === 'EHLO') return '250-double\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN';
    if (step !== 'STARTTLS') return undefined;
    socket.once('data', () => beganTls.resolve());
    return '220 Go\r\n250 AUTH PLAIN\r\n235 Ok\r\n250 Ok\r\n250 Ok\r\n354 Go';
  });
  const connector = await create({ getConfig: async () => ({ ...config, port, auth }), timeoutMs });
  const failure = failureOf(connector.sendMessage({ to: recipient, type: 'SignIn', payload: { code: '918273' } }));
  await beganTls.promise;
  await letTimePass();
  expect((await failure).data).toMatchObject({ kind: 'unclear', isUnsent: true });
  expect(steps).toEqual(['greeting', 'EHLO', 'STARTTLS']);
});

test('a thousand mails to one domain at once take a few connections, and each arrives once', async () => {
  const { port, counts, recipients } = await start();
  const connector = await create({ getConfig: async () => ({ ...config, port }), sleep: async () => {} });
  const people = Array.from({ length: 1000 }, (_, index) => `jo-${index}@example.com`);
  await Promise.all(people.map((to) => connector.sendMessage({ to, type: 'SignIn', payload: { code: '918273' } })));
  expect(recipients.toSorted()).toEqual(people.toSorted());
  expect(counts.taken).toBe(1000);
  expect(counts.mostAtOnce).toBeGreaterThan(5);
  expect(counts.mostAtOnce).toBeLessThanOrEqual(16);
});

test('a domain for which the server hangs keeps nobody else from their codes', async () => {
  const { promise: end, resolve: answer } = Promise.withResolvers<string>();
  let stuck = 0;
  const { port, counts } = await start((step, _, line) => {
    if (step !== 'RCPT' || !line.includes('@slow.example')) return undefined;
    stuck += 1;
    return end;
  });
  const connector = await create({ getConfig: async () => ({ ...config, port }), timeoutMs: 120_000 });
  const send = (to: string) => connector.sendMessage({ to, type: 'SignIn', payload: { code: '918273' } });
  const lost = Promise.all(Array.from({ length: 10 }, (_, index) => failureOf(send(`jo-${index}@Slow.example`))));
  await expect.poll(() => stuck).toBe(3);
  for (let sent = 0; sent < 30; sent += 1) await send(`jo@domain-${sent % 3}.example`);
  expect([stuck, counts.taken, counts.mostAtOnce]).toEqual([3, 30, 4]);
  // In a rush there are more connections, of which it never has more than the others.
  await Promise.all(Array.from({ length: 200 }, (_, index) => send(`jo@domain-${index % 3}.example`)));
  expect(counts.taken).toBe(230);
  expect(counts.mostAtOnce).toBeGreaterThan(5);
  expect(counts.mostAtOnce).toBeLessThanOrEqual(16);
  expect(stuck).toBeLessThanOrEqual(8);
  answer('550 5.1.1 Nobody');
  expect((await lost).map(({ data }) => data.kind)).toEqual(Array(10).fill('recipient'));
});
