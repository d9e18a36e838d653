import type { Duplex } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { SmtpConfig } from './config.ts';
import type { OutgoingMail } from './mail.ts';
import { secretsOf } from './secrets.ts';
import { hasEnoughConnections, spoilsConnections } from './smtp-error.ts';
import { transportOptions } from './transport-options.ts';
import { createTurns, type Turns } from './turns.ts';

/** What the server said to a mail that it accepted. */
export type Accepted = { serverMessageId?: string };

/** A mail that did not go out, as far as we know. */
export class Undelivered extends Error {
  /** Some of the mail itself was written: the server may have it. */
  readonly hasBegun: boolean;
  /** What must show nowhere, the tokens that were got meanwhile included. */
  readonly secrets: readonly string[];
  constructor(cause: unknown, { hasBegun, secrets }: Pick<Undelivered, 'hasBegun' | 'secrets'>) {
    super('The mail was not delivered.', { cause });
    this.hasBegun = hasBegun;
    this.secrets = secrets;
  }
}

/** Exchange takes twenty of one address, Postfix fifty; whoever takes fewer says so. */
const mostConnections = 16;

/** The connections for one configuration, and what waits for them. */
type Pool = {
  /** How the server is spoken to, as a text. */
  key: string;
  transport: ReturnType<typeof open>;
  /** Those of the configuration, and every token that was got with them. */
  secrets: string[];
  turns: Turns;
  /** Mails that wait or are under way. */
  pending: number;
};

/**
 * Keeps the connections to one server, so that a mail does not begin with a handshake. With another configuration, and
 * after what the server may say of each mail on them, others are made for the next mail; those of before are closed once
 * nothing is under way on them.
 */
export function createPools() {
  const pools = new Set<Pool>();
  /** A configuration stays the same for many mails: what its pool goes by. */
  const known = new WeakMap<SmtpConfig, { key: string; timeoutMs: number }>();
  let current: Pool | undefined;

  function closeUnused(): void {
    for (const pool of pools) {
      if (pool === current || pool.pending > 0) continue;
      pools.delete(pool);
      pool.transport.close();
    }
  }

  function poolFor(config: SmtpConfig, timeoutMs: number): Pool {
    const last = known.get(config);
    if (current && last?.timeoutMs === timeoutMs && last.key === current.key) return current;
    const secrets = secretsOf(config);
    const options = transportOptions(config, timeoutMs, secrets);
    const key = JSON.stringify(options);
    known.set(config, { key, timeoutMs });
    if (current?.key === key) return current;
    const turns = createTurns(options.maxConnections, mostConnections);
    current = { key, transport: open(options, secrets), secrets, turns, pending: 0 };
    pools.add(current);
    closeUnused();
    return current;
  }

  return {
    /** Sends one mail. @throws Undelivered */
    async deliver(mail: OutgoingMail, config: SmtpConfig, timeoutMs: number): Promise<Accepted> {
      const pool = poolFor(config, timeoutMs);
      pool.pending += 1;
      try {
        return await deliverBy(pool, mail, timeoutMs);
      } catch (thrown) {
        const error = thrown as Undelivered;
        if (pool === current && spoilsConnections(error.cause)) current = undefined;
        throw error;
      } finally {
        pool.pending -= 1;
        closeUnused();
      }
    },
    /** Closes every connection; what is being sent is finished first. */
    close(): void {
      current = undefined;
      for (const { transport } of pools) transport.close();
      pools.clear();
    },
  };
}

/**
 * What nodemailer takes for the stream of a mail. The whole mail is there, so it is written in one go, its end included; a
 * stream of Node would bring it over several turns of the event loop.
 */
type Body = { readableDidRead: boolean; pipe: (to: Duplex) => void };

/** What a pool of nodemailer is handed for each mail: https://nodemailer.com/plugins/create */
type PooledMail = {
  data: { signal: AbortSignal };
  message: {
    getEnvelope: () => OutgoingMail['envelope'];
    getHeader: (name: 'message-id') => string;
    messageId: () => string;
    createReadStream: () => Body;
  };
};
type Transporter = {
  options: { auth?: { user?: string }; maxConnections: number };
  send: (mail: PooledMail, done: (error: Error | null, accepted: Accepted) => void) => void;
};

function open(options: ReturnType<typeof transportOptions>, secrets: string[]) {
  const transport = createTransport(options as Parameters<typeof createTransport>[0]);
  const transporter = transport.transporter as unknown as Transporter;
  const { auth } = transporter.options;
  transport.on('token', ({ accessToken, expires }) => {
    secrets.push(...secretsOf({ auth: { user: auth?.user ?? '', accessToken } }));
    // Further connections take the token that one of them got.
    if (auth) Object.assign(auth, { accessToken, expires });
  });
  return {
    /**
     * The mail is complete: nodemailer, which would write another one, only delivers it, over as many connections at most.
     * After a refused mail it has a command of its own to send, and would open one more for the mail that follows.
     */
    send: (mail: PooledMail, mostConnections: number) =>
      new Promise<Accepted>((resolve, reject) => {
        transporter.options.maxConnections = mostConnections;
        transporter.send(mail, (error, accepted) => (error ? reject(error) : resolve(accepted)));
      }),
    close: () => transport.close(),
  };
}

/** Each time one mail less goes at once. */
const mostTurns = 5;

/**
 * A mail has `timeoutMs` from its turn on; that a server trickles its replies does not make it more. Before that it waits
 * as long as the server takes the mails in front of it.
 */
async function deliverBy(
  { transport, turns, secrets }: Pool,
  mail: OutgoingMail,
  timeoutMs: number,
): Promise<Accepted> {
  const controller = new AbortController();
  const { signal } = controller;
  const domain = domainOf(mail);
  let body: Body | undefined;
  let isCrowded = false;
  let goneBefore = turns.gone(domain);
  const onTime = () => {
    const gone = turns.gone(domain);
    if (body || gone === goneBefore) return controller.abort();
    goneBefore = gone;
    timer.refresh();
  };
  const timer = setTimeout(onTime, timeoutMs);
  const createReadStream = () => {
    timer.refresh();
    body = bodyOf(mail.raw);
    return body;
  };
  const message = {
    getEnvelope: () => ({ ...mail.envelope }),
    getHeader: () => mail.messageId,
    messageId: () => mail.messageId,
    createReadStream,
  };
  const send = () =>
    transport.send({ data: { signal }, message }, turns.most()).catch((error) => {
      isCrowded = hasEnoughConnections(error) && turns.narrow();
      throw error;
    });
  try {
    for (let turn = 1; ; turn += 1) {
      try {
        return await turns.take(domain, signal, send);
      } catch (error) {
        if (!isCrowded || turn === mostTurns)
          throw new Undelivered(error, { hasBegun: body?.readableDidRead === true, secrets });
        isCrowded = false;
        body = undefined;
      }
    }
  } finally {
    clearTimeout(timer);
  }
}

const domainOf = ({ envelope: { to } }: OutgoingMail): string => (to[0] ?? '').split('@').at(-1)?.toLowerCase() ?? '';

function bodyOf(text: string): Body {
  const body: Body = {
    readableDidRead: false,
    pipe(to) {
      body.readableDidRead = true;
      // A stream at rest gives all that it holds at once: one write to the socket, which costs more than what it carries.
      to.pause();
      to.end(text);
      to.read();
      to.resume();
    },
  };
  return body;
}
