import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A moment in which an SMTP server says something. */
export type SmtpStep = 'greeting' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'end' | 'RSET' | 'QUIT';

const usual: Record<SmtpStep, string> = {
  greeting: '220 double ESMTP',
  EHLO: '250-double\r\n250-PIPELINING\r\n250 AUTH PLAIN LOGIN',
  STARTTLS: '502 5.5.1 Not here',
  AUTH: '235 2.7.0 Accepted',
  MAIL: '250 2.1.0 Ok',
  RCPT: '250 2.1.5 Ok',
  DATA: '354 Go ahead',
  end: '250 2.0.0 Taken',
  RSET: '250 2.0.0 Ok',
  QUIT: '221 2.0.0 Bye',
};

/** What the server does in place of its usual reply; `line` is what it was told. */
export type SmtpScript = (
  step: SmtpStep,
  socket: Socket,
  line: string,
) => string | undefined | Promise<string | undefined>;

/** Says nothing, and keeps the connection. */
export const hang: SmtpScript = () => new Promise(() => {});
/** Ends the connection without a word. */
export const drop: SmtpScript = (_, socket) => {
  socket.destroy();
  return undefined;
};
/** Begins a reply again and again, and never comes to its end. */
export const trickle: SmtpScript = (_, socket) => {
  const timer = setInterval(() => socket.write('250-Wait\r\n'), 20);
  socket.once('close', () => clearInterval(timer));
  return new Promise(() => {});
};

/** Starts an SMTP server that says at each step what the script has, and its usual reply for `undefined`. */
export async function startScriptedSmtp(script: SmtpScript = () => undefined) {
  const counts = { connections: 0, taken: 0, mostAtOnce: 0 };
  const recipients: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    counts.connections += 1;
    counts.mostAtOnce = Math.max(counts.mostAtOnce, sockets.size);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
    // Whoever connects may leave at any time.
    serve(socket).catch(() => {});
  });
  async function say(step: SmtpStep, socket: Socket, line = ''): Promise<string> {
    const reply = (await script(step, socket, line)) ?? usual[step];
    if (socket.destroyed) return '';
    if (step === 'end' && reply.startsWith('250')) counts.taken += 1;
    socket.write(`${reply}\r\n`);
    if (step === 'QUIT') socket.end();
    return reply;
  }
  async function serve(socket: Socket): Promise<void> {
    await say('greeting', socket);
    let rest = '';
    let isMail = false;
    let isToSomebody = false;
    for await (const chunk of socket.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
      const lines = (rest + chunk).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (isMail && line !== '.') continue;
        const command = (/^[A-Z]+/i.exec(line)?.[0] ?? '').toUpperCase().replace('HELO', 'EHLO') as SmtpStep;
        if (command === 'RCPT') recipients.push(/<(.*)>/.exec(line)?.[1] ?? '');
        const step: SmtpStep = isMail ? 'end' : command;
        const reply: string = step === 'DATA' && !isToSomebody ? noRecipient(socket) : await say(step, socket, line);
        if (step === 'RCPT') isToSomebody = reply.startsWith('250');
        isMail = !isMail && reply.startsWith('354');
        // What comes next is TLS, in which any two bytes may be the end of a line.
        if (step === 'STARTTLS' && reply.startsWith('220')) return void socket.resume();
      }
    }
  }
  // What is sent in one go with a recipient that is refused.
  const noRecipient = (socket: Socket) => {
    socket.write('554 5.5.1 No valid recipients\r\n');
    return '554';
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    counts,
    recipients,
    open: () => sockets.size,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
