import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type Database, databases, fetchCodes } from '../contenders/contender.ts';
import { createApplication } from '../contenders/set-up.ts';
import { signUpUntilCode } from '../contenders/sign-in.ts';
import { measureCosts } from '../costs.ts';
import type { Conversation } from '../load.ts';
import { seeded } from '../traces/random.ts';
import { toRequest } from '../wire.ts';

/*
 * What the guard costs: sends to numbers that nobody knows, each answered, with the guard off, recording and enforcing,
 * taking many short turns in one run; CPU of the server (and of PostgreSQL) for each, of the cheaper half of its turns, and
 * sends a second by the faster half. They are asked for by a back end that names end users, by one that names nobody
 * (`--by back-end-alone`), or by people who come from an application and sign up (`--by people`).
 */
const { values } = parseArgs({
  options: {
    database: { type: 'string', default: 'SQLite' },
    rounds: { type: 'string', default: '40' },
    connections: { type: 'string', default: '16' },
    processes: { type: 'string', default: '1' },
    sends: { type: 'string', default: '128' },
    modes: { type: 'string', default: 'off,record,enforce' },
    by: { type: 'string', default: 'back-end' },
  },
});
const database = databases.find((one) => one === values.database) as Database;
const [rounds, connections, sends] = [values.rounds, values.connections, values.sends].map(Number) as [
  number,
  number,
  number,
];
const modes = values.modes.split(',');
const processes = Number(values.processes);
const random = seeded(Number.parseInt(randomBytes(4).toString('hex'), 16));
const nextPhone = () => `+4915${1 + random.below(2)}${random.digits(8)}`;
const nextAddress = () => `${20 + random.below(180)}.${random.below(250)}.${random.below(250)}.7`;

await measureCosts({ label: 'guard', database, processes, connections }, async ({ ground, headers, api, costOf }) => {
  const post = (path: string, body: object) => ({
    text: toRequest('POST', `/api/verification-codes${path}`, headers, body),
  });
  const publicUrl = `http://${headers.host}`;
  const application = { id: await createApplication(publicUrl, headers), publicUrl };
  /** What is said with each code, by its number. */
  const answers = new Map<string, (code: string) => Conversation>();

  function* sendByBackEnd(phone: string, endUser: { ip?: string } = { ip: nextAddress() }): Conversation {
    yield post('', { phone, ...endUser });
    answers.set(phone, function* answer(verificationCode) {
      yield post('/verify', { phone, verificationCode, ...endUser });
    });
  }

  function* sendToPerson(phone: string): Conversation {
    answers.set(phone, yield* signUpUntilCode(application, phone));
  }
  const unknownWay = (): never => {
    throw new Error(`--by is one of ${Object.keys(ways).join(', ')}.`);
  };
  const ways: Record<string, (phone: string) => Conversation> = {
    'back-end': sendByBackEnd,
    'back-end-alone': (phone) => sendByBackEnd(phone, {}),
    people: sendToPerson,
  };
  const send = ways[values.by] ?? unknownWay();

  /** So many sends, and then the answers to all of their codes. */
  async function measure(count: number) {
    let left = count;
    const sent = await costOf(() => (left-- > 0 ? send(nextPhone()) : undefined));
    const codes = (await fetchCodes(ground, encodeURIComponent(`guard ${database}`))).values();
    const checked = await costOf(() => {
      const [phone = '', code = ''] = codes.next().value ?? [];
      return answers.get(phone)?.(code);
    });
    answers.clear();
    return { sent, checked };
  }

  async function setMode(mode: string) {
    await api('PATCH', '/sign-in-exp', { fraudPolicy: { mode } });
    // Other processes hear of it a little later.
    if (processes !== 1) await new Promise((resolve) => setTimeout(resolve, 300));
  }

  const totals = new Map<string, { send: number[]; check: number[]; database: number[]; elapsed: number[] }>();
  await setMode('record');
  for (let warmed = 0; warmed < 1500; warmed += sends) await measure(sends);
  for (let round = 0; round < rounds; round += 1) {
    for (const mode of round % 2 ? modes.toReversed() : modes) {
      await setMode(mode);
      const { sent, checked } = await measure(sends);
      const total = totals.get(mode) ?? { send: [], check: [], database: [], elapsed: [] };
      totals.set(mode, total);
      total.send.push(sent.server / sends);
      total.check.push(checked.server / sends);
      total.database.push((sent.database + checked.database) / sends);
      total.elapsed.push(sent.elapsedMs / sends);
    }
  }
  // What else the machine does makes some rounds dear, and none cheap.
  const usual = (figures: number[]) => {
    const cheaper = figures.toSorted((a, b) => a - b).slice(0, Math.ceil(figures.length / 2));
    return cheaper.reduce((total, one) => total + one, 0) / cheaper.length;
  };
  const base = totals.get(modes[0] ?? 'off');
  for (const [mode, total] of totals) {
    const cell = (figures: number[], from: number[] | undefined) =>
      `${usual(figures).toFixed(3)} ms (${((100 * usual(figures)) / usual(from ?? figures) - 100).toFixed(1)} %)`;
    const perSecond = 1000 / usual(total.elapsed);
    const fewer = 100 - (100 * usual(base?.elapsed ?? [])) / usual(total.elapsed);
    process.stdout.write(
      `${mode.padEnd(8)} send ${cell(total.send, base?.send)}  check ${cell(total.check, base?.check)}  database ${cell(total.database, base?.database)}  sends/s ${perSecond.toFixed(0)} (${fewer.toFixed(1)} % fewer)\n`,
    );
  }
});
