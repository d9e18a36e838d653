import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DnsDouble, startDnsDouble } from '../../../../test/doubles/dns.ts';
import { createDns, DnsError } from './dns.ts';

const txt = (name: string, ...data: string[]) => ({ type: 'TXT' as const, name, data });
const mx = (name: string, preference: number, exchange: string) => ({
  ...{ type: 'MX' as const, name },
  data: { preference, exchange },
});
const long = 'x'.repeat(200);

let double: DnsDouble;
beforeAll(async () => {
  double = await startDnsDouble(
    {
      'TXT example.com': [txt('example.com', 'v=spf1 ', 'include:a.example', ' -all'), txt('example.com', 'other')],
      'MX example.com': [mx('example.com', 20, 'b.example.com'), mx('example.com', 10, 'a.example.com')],
      'MX none.example': [mx('none.example', 0, '.')],
      'TXT empty.example': [],
      'TXT broken.example': 'SERVFAIL',
      'TXT silent.example': 'nothing',
      'TXT long.example': Array.from({ length: 8 }, () => txt('long.example', long, long)),
      'TXT alias.example': [
        { type: 'CNAME', name: 'alias.example', data: 'keys.example' },
        txt('keys.example', 'v=DKIM1; p=', 'abc'),
      ],
    },
    ['TXT long.example'],
  );
});
afterAll(() => double.close());

const dnsOf = (limits?: { timeout: number; tries: number }) => createDns([double.server], limits);

test('texts are put together from their strings, also behind an alias', async () => {
  expect(await dnsOf().txt('example.com')).toEqual(['v=spf1 include:a.example -all', 'other']);
  expect(await dnsOf().txt('alias.example')).toEqual(['v=DKIM1; p=abc']);
});

test('hosts for mail come best first, and a domain that takes none says so', async () => {
  expect(await dnsOf().mx('example.com')).toEqual(['a.example.com', 'b.example.com']);
  expect(await dnsOf().mx('none.example')).toEqual(['']);
});

test.each(['nowhere.example', 'empty.example'])('%s has nothing', async (name) => {
  expect(await dnsOf().txt(name)).toEqual([]);
});

test('an answer that is cut off is asked for by TCP', async () => {
  expect(await dnsOf().txt('long.example')).toEqual(Array.from({ length: 8 }, () => long + long));
  expect(double.asked.filter((one) => one.endsWith('long.example'))).toEqual([
    'udp TXT long.example',
    'tcp TXT long.example',
  ]);
});

test.each(['broken.example', 'silent.example'])('%s is not answered, which is no missing record', async (name) => {
  const lookup = dnsOf({ timeout: 50, tries: 2 }).txt(name);
  await expect(lookup).rejects.toThrow(DnsError);
  await expect(lookup).rejects.toMatchObject({ code: 'dns_unanswered' });
  expect(double.asked.filter((one) => one.endsWith(name)).length).toBeGreaterThan(0);
});

test('a server that is not there answers nothing, and one that is switched off is not asked', async () => {
  const gone = await startDnsDouble({});
  await gone.close();
  await expect(createDns([gone.server], { timeout: 50, tries: 1 }).txt('example.com')).rejects.toMatchObject({
    code: 'dns_unanswered',
  });
  await expect(createDns('off').mx('example.com')).rejects.toMatchObject({ code: 'dns_off' });
});
