/**
 * Attacks a running server as SMS pumping does, through the way in that a proxy would be trusted for, while people sign
 * in; then asks the Management API what it noticed. For servers of your own that send nothing for real, see
 * docs/protection.md.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openConsole } from './console.ts';
import { newVisitor } from './visitor.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:3001' },
    username: { type: 'string', default: 'admin' },
    password: { type: 'string' },
    messages: { type: 'string', default: '500' },
  },
});
if (!values.password) {
  process.stderr.write(
    'Usage: node bench/attack/run.ts --password PASSWORD [--url URL] [--username NAME] [--messages 500]\n',
  );
  process.exit(1);
}
const { url } = values;
const messages = Number(values.messages);
const atOnce = 8;
const say = (text: string) => process.stdout.write(`${text}\n`);

/** Made-up addresses, as rotating proxies have them. */
const addressOf = (index: number) => `198.${18 + (index % 2)}.${(index * 7) % 256}.${1 + (index % 250)}`;
/** Numbers of three ranges in Indonesia. */
const attackedNumber = (index: number) =>
  `+628${['1123', '1345', '1567'][index % 3]}${String(4_000_000 + index * 3).slice(-6)}`;

const administration = await openConsole(url, { username: values.username, password: values.password });
const people = Array.from({ length: 5 }, (_, index) => ({
  phone: `+49151123400${10 + index}`,
  address: `192.0.2.${10 + index}`,
}));

/** Asks for a code and types it in. @returns what it came to */
async function signIn({ phone, address }: (typeof people)[number]): Promise<string> {
  const visitor = await newVisitor(url, address);
  const outcome = await visitor.askFor(phone);
  return outcome === 'sent' ? visitor.typeIn(phone, await administration.codeTo(phone)) : outcome;
}

const before: string[] = [];
for (const person of people) before.push(await signIn(person));
say(`People before the attack: ${before.join(', ')}`);
const began = Date.now();
const outcomes = new Map<string, number>();
let asked = 0;
let noticed: string | undefined;

async function attack(): Promise<void> {
  while (asked < messages) {
    const index = asked++;
    const visitor = await newVisitor(url, addressOf(index));
    const outcome = await visitor.askFor(attackedNumber(index));
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
}
async function watch(): Promise<void> {
  while (noticed === undefined && Date.now() - began < 60_000) {
    const [found] = await administration.attacks();
    if (found) noticed = `after ${((Date.now() - began) / 1000).toFixed(1)} s`;
    else await pause(500);
  }
}
const attacking = [...Array.from({ length: atOnce }, attack), watch()];
await pause(2000);
say(`People during the attack: ${(await Promise.all(people.map(signIn))).join(', ')}`);
await Promise.all(attacking);
await pause(1000);

say(`The attack asked for ${messages} codes in ${((Date.now() - began) / 1000).toFixed(0)} s:`);
for (const [outcome, count] of outcomes) say(`  ${outcome}: ${count}`);
say(`Noticed ${noticed ?? 'not within a minute'}.`);
const [entry] = await administration.attacks();
if (entry) {
  say(`  SMS pumping of ${entry.country}: ${entry.refused + entry.failedChecks} stopped, ${entry.sent} went out`);
  const cost = entry.costs.map(({ amount, currency }) => `${amount} ${currency}`).join(' + ') || 'nothing';
  say(`  cost ${cost}, saved ${entry.saved.amount} ${entry.saved.currency}`);
}
process.exitCode = noticed === undefined ? 1 : 0;
