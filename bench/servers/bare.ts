import { DatabaseSync } from 'node:sqlite';
import Fastify from 'fastify';

type Body = { phone: string; code: string };
type Write = () => void;

const database = new DatabaseSync(process.env.DATABASE_FILE ?? '');
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
const windowMs = 600_000;

const raiseLimit = database.prepare(
  `insert into send_limits (key, window_started_at, sends, max_sends, last_send_id) values (?, ?, 1, 10, ?)
  on conflict (key) do update set sends = sends + 1, last_send_id = excluded.last_send_id`,
);
const replaceCode = database.prepare(
  `insert into verification_codes (flow, recipient, digest, message_id, tries, created_at, expires_at)
  values ('bench', ?, ?, ?, 0, ?, ?)
  on conflict (flow, recipient) do update set digest = excluded.digest, message_id = excluded.message_id, tries = 0`,
);
const recordMessage = database.prepare(
  `insert into messages (id, recipient, usage_type, state, created_at, updated_at)
  values (?, ?, 'Generic', 'sending', ?, ?)`,
);
const settleMessage = database.prepare(`update messages set state = 'accepted', updated_at = ? where id = ?`);
const claimFailures = database.prepare(
  `insert into verification_failures (recipient, failures, blocked_until, last_check_id, updated_at)
  values (?, 0, 0, ?, ?) on conflict (recipient) do update set last_check_id = excluded.last_check_id`,
);
const consumeCode = database.prepare(
  `update verification_codes set tries = tries + 1, used_at = ?, last_check_id = ?
  where flow = 'bench' and recipient = ? and digest = ? and used_at is null returning message_id`,
);
const clearFailures = database.prepare('update verification_failures set failures = 0 where recipient = ?');
const markVerified = database.prepare('update messages set verified_at = ? where id = ?');

const app = Fastify();
app.get('/status', (_request, reply) => reply.code(204).send());
serve('', async (write) => transaction([write]));
serve('/grouped', grouped());
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });

/** The two routes, with `commit` as the way to a durable write. */
function serve(prefix: string, commit: (write: Write) => Promise<void>): void {
  app.post<{ Body: Body }>(`${prefix}/send`, async ({ body }, reply) => {
    const id = crypto.randomUUID();
    await commit(() => beginSend(id, body));
    await commit(() => settleMessage.run(Date.now(), id));
    return reply.code(204).send();
  });
  app.post<{ Body: Body }>(`${prefix}/check`, async ({ body }, reply) => {
    await commit(() => check(crypto.randomUUID(), body));
    return reply.code(204).send();
  });
}

function beginSend(id: string, { phone, code }: Body): void {
  const now = Date.now();
  raiseLimit.run(phone, now, id);
  replaceCode.run(phone, code, id, now, now + windowMs);
  recordMessage.run(id, phone, now, now);
}

function check(id: string, { phone, code }: Body): void {
  const now = Date.now();
  claimFailures.run(phone, id, now);
  const message = consumeCode.get(now, id, phone, code);
  if (!message) throw new Error('There is no such code.');
  clearFailures.run(phone);
  markVerified.run(now, message.message_id ?? null);
}

function transaction(writes: readonly Write[]): void {
  database.exec('BEGIN IMMEDIATE');
  for (const write of writes) write();
  database.exec('COMMIT');
}

/** What arrives in one turn of the event loop shares a transaction. */
function grouped(): (write: Write) => Promise<void> {
  let waiting: { write: Write; resolve: () => void }[] = [];
  const flush = () => {
    const group = waiting;
    waiting = [];
    transaction(group.map(({ write }) => write));
    for (const { resolve } of group) resolve();
  };
  return (write) =>
    new Promise((resolve) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ write, resolve });
    });
}
