import { expect, test } from 'vitest';
import { createTurns } from './turns.ts';

const { signal } = new AbortController();
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Mails that go until they are told to end; `begun` has the domains in the order of their turns. */
function start({ many = 5 } = {}) {
  const turns = createTurns(5, many);
  const begun: string[] = [];
  const ends = new Map<string, (() => void)[]>();
  const send = (domain: string, leaving = signal) =>
    turns.take(domain, leaving, () => {
      begun.push(domain);
      return new Promise<void>((resolve) => ends.set(domain, [...(ends.get(domain) ?? []), resolve]));
    });
  const end = async (domain: string) => {
    ends.get(domain)?.shift()?.();
    await settled();
  };
  return { turns, begun, send, end };
}

test('a domain gets one more connection only while more are left than it has', async () => {
  const { begun, send } = start();
  for (const domain of ['a', 'a', 'a', 'a', 'b', 'b', 'c', 'd']) void send(domain);
  await settled();
  expect(begun).toEqual(['a', 'a', 'a', 'b', 'c']);
});

test('domains take turns, however many mails wait for one of them', async () => {
  const { begun, send, end } = start();
  for (const domain of [...Array(100).fill('a'), 'b', 'b', 'c', 'd']) void send(domain);
  await settled();
  for (const domain of ['a', 'd', 'c']) await end(domain);
  expect(begun.slice(5)).toEqual(['d', 'b']);
  for (const domain of ['b', 'b']) await end(domain);
  expect(begun.slice(7)).toEqual(['a']);
});

test('waiting leads somewhere while mails to the domain go, and to others before the first', async () => {
  const { turns, send, end } = start();
  for (const domain of ['a', 'a', 'a', 'a', 'b', 'b', 'c', 'd']) void send(domain);
  await settled();
  const [a, d] = [turns.gone('a'), turns.gone('d')];
  await end('b');
  expect([turns.gone('a') - a, turns.gone('d') - d]).toEqual([0, 1]);
});

test('a mail that waits may leave, and a failure makes room as well', async () => {
  const { turns, begun, send, end } = start();
  for (const domain of ['a', 'a', 'a', 'b', 'c']) void send(domain);
  const leaving = new AbortController();
  const left = send('d', leaving.signal);
  leaving.abort(new Error('left'));
  await expect(left).rejects.toThrow('left');
  await end('c');
  await expect(turns.take('e', signal, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  await turns.take('e', signal, async () => void begun.push('e'));
  expect(begun).toEqual(['a', 'a', 'a', 'b', 'c', 'e']);
});

test('fewer go at once where the server takes no more, until none is left', async () => {
  const { turns, begun, send, end } = start();
  for (const domain of ['a', 'b', 'c', 'd']) void send(domain);
  await settled();
  expect(Array.from({ length: 5 }, turns.narrow)).toEqual([true, true, true, true, false]);
  void send('e');
  for (const domain of ['a', 'b', 'c']) await end(domain);
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
  for (const domain of ['d', 'e']) await end(domain);
  expect(turns.narrow()).toBe(false);
  for (const domain of ['a', 'b', 'c', 'd', 'f']) void send(domain);
  await settled();
  expect(begun.slice(4)).toEqual(['e', 'a', 'b', 'c', 'd', 'f']);
});

test('while mails wait, one more goes at once with each that was delivered, and few again after the last', async () => {
  const { turns, begun, send, end } = start({ many: 8 });
  for (let domain = 0; domain < 14; domain += 1) void send(`${domain}`);
  await settled();
  for (const domain of ['0', '1', '2', '3']) await end(domain);
  expect([turns.most(), begun.length]).toEqual([8, 12]);
  for (let domain = 4; domain < 14; domain += 1) await end(`${domain}`);
  expect(turns.most()).toBe(5);
});

test('what fails widens nothing, nor does a mail for which nobody waits', async () => {
  const { turns, send, end } = start({ many: 8 });
  for (const domain of ['a', 'b', 'c', 'd']) void send(domain);
  const failing = turns.take('e', signal, () => Promise.reject(new Error('failed')));
  for (const domain of ['f', 'g']) void send(domain);
  await expect(failing).rejects.toThrow('failed');
  expect(turns.most()).toBe(5);
  for (const domain of ['g']) await end(domain);
  await end('a');
  await end('b');
  expect(turns.most()).toBe(6);
});

test('for a domain to which nothing goes through there are not more', async () => {
  const { turns, begun, send, end } = start({ many: 8 });
  for (let waiting = 0; waiting < 10; waiting += 1) void send('hangs');
  for (const domain of ['a', 'b', 'c']) {
    void send(domain);
    await settled();
    await end(domain);
  }
  expect([turns.most(), begun.filter((domain) => domain === 'hangs').length]).toEqual([5, 3]);
});

test('what the server refused once is not asked for again, but for the few to begin with', async () => {
  const { turns, send, end } = start({ many: 8 });
  const people = Array.from({ length: 20 }, (_, index) => `${index}`);
  const sendAll = async () => {
    for (const domain of people) void send(domain);
    await settled();
    for (const domain of people.slice(0, 12)) await end(domain);
    return turns.most();
  };
  const endAll = async () => {
    for (const domain of [...people, ...people]) await end(domain);
  };
  expect(await sendAll()).toBe(8);
  turns.narrow();
  expect(turns.most()).toBe(7);
  await endAll();
  expect(await sendAll()).toBe(7);
  for (let refused = 0; refused < 4; refused += 1) turns.narrow();
  expect(turns.most()).toBe(3);
  await endAll();
  expect(await sendAll()).toBe(5);
});
