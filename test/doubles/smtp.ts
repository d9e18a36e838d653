import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import type { DoubleReply, ProviderDouble, ReceivedRequest } from '@sesame/connector-kit/provider-double';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail that the server took: its envelope and what it says. */
export type ReceivedMail = { from: string; to: string[]; mail: ParsedMail };

/** An SMTP server on loopback. */
export type SmtpServer = {
  port: number;
  /** Oldest first. */
  mails: ReceivedMail[];
  /** How often somebody connected. */
  connections: () => number;
  /** Connections that are open now. */
  open: () => number;
  /** Ends every connection without a word. */
  drop: () => void;
  /** Shows another certificate to whoever connects from now on. */
  show: (pair: { key: string; cert: string }) => void;
  close: () => Promise<void>;
};

/** A reply that refuses: what the handlers of the server are given. */
export const refusing = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });

/** Starts a server that takes every mail; `right` is the password of everybody. STARTTLS only where it is given a key. */
export async function startSmtpServer(options: SMTPServerOptions = {}): Promise<SmtpServer> {
  const mails: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = new SMTPServer({
    authOptional: true,
    closeTimeout: 1,
    ...(!options.key && { disabledCommands: ['STARTTLS'] }),
    onAuth: ({ password }, _, done) => (password === 'right' ? done(null, { user: 'jo' }) : done(refusing(535, 'No'))),
    onData: async (stream, { envelope }, done) => {
      const from = envelope.mailFrom ? envelope.mailFrom.address : '';
      mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), mail: await simpleParser(stream) });
      done();
    },
    ...options,
  });
  server.on('error', () => {});
  server.server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    connections: () => connections,
    open: () => sockets.size,
    drop: () => sockets.forEach((socket) => void socket.destroy()),
    show: (pair) => server.updateSecureContext(pair),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A server for the contract of connectors: what it gets is a request for each mail, and for each that it refuses. */
export async function startSmtpDouble(password: string): Promise<ProviderDouble> {
  const requests: ReceivedRequest[] = [];
  const replies: DoubleReply[] = [];
  const took = (path: string, body: unknown) =>
    void requests.push({ method: 'DATA', path, headers: {}, body: JSON.stringify(body) });
  const server = await startSmtpServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (given, _, done) =>
      given.password === password ? done(null, { user: 'jo' }) : done(refusing(535, '5.7.8 Bad credentials')),
    onRcptTo: ({ address }, _, done) => {
      const { status = 250, body = 'No' } = replies.shift() ?? {};
      if (status < 400) return done();
      took(address, {});
      done(refusing(status, String(body)));
    },
    onData: async (stream, { envelope }, done) => {
      const { subject, text, html, replyTo } = await simpleParser(stream);
      const [to] = envelope.rcptTo;
      const answersTo = (replyTo as AddressObject | undefined)?.value[0];
      took(to?.address ?? '', { to: to?.address, subject, text, html, replyTo: answersTo });
      done();
    },
  });
  return {
    url: `smtp://127.0.0.1:${server.port}`,
    requests,
    failNext: () => {
      throw new Error('Faults of HTTP do not concern SMTP.');
    },
    replyNext: (reply) => void replies.push(reply),
    close: server.close,
  };
}
