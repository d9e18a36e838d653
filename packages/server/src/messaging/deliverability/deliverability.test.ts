import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { DnsError } from '../../network/dns.ts';
import { senderDomainOf } from './deliverability.ts';
import { checkDkim } from './dkim.ts';
import { checkDmarc } from './dmarc.ts';
import { checkSpf } from './spf.ts';

const dnsOf = (texts: Record<string, string | string[]>) => ({
  txt: async (name: string) => [texts[name] ?? []].flat(),
  mx: async () => [],
});
const many = (count: number) => Array.from({ length: count }, (_, index) => `a:h${index}.example.com`).join(' ');

describe('SPF', () => {
  test.each<[record: string | string[], state: string, codes: string[]]>([
    ['v=spf1 include:provider.example -all', 'pass', []],
    ['V=SPF1 include:Provider.example ~ALL', 'pass', []],
    ['v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 a mx -all', 'warn', ['provider_not_included']],
    ['v=spf1 include:provider.example', 'warn', ['no_all']],
    ['v=spf1 include:provider.example ?all', 'warn', ['neutral_all']],
    ['v=spf1 include:provider.example all', 'warn', ['passes_all']],
    ['v=spf1 redirect=provider.example', 'pass', []],
    ['v=spf1 redirect=provider.example -all', 'warn', ['provider_not_included']],
    ['v=spf1 include:provider.example ipv4:192.0.2.1 -all', 'invalid', ['syntax']],
    ['v=spf1 include:provider.example include:nothing.example -all', 'invalid', ['include_without_record']],
    ['v=spf1 include:provider.example include:example.com -all', 'invalid', ['loop']],
    [`v=spf1 include:provider.example ${many(9)} -all`, 'pass', []],
    [`v=spf1 include:provider.example ${many(10)} -all`, 'invalid', ['too_many_lookups']],
    [`v=spf1 include:provider.example -all ${many(20)}`, 'pass', []],
    [['v=spf1 -all', 'v=spf1 include:provider.example -all'], 'invalid', ['several_records']],
    [['some=thing', 'v=spf10 -all'], 'missing', []],
  ])('%s is %s', async (record, state, codes) => {
    const dns = dnsOf({ 'example.com': record, 'provider.example': 'v=spf1 ip4:192.0.2.1 -all' });
    expect(await checkSpf(dns, 'example.com', 'provider.example')).toMatchObject({ state, codes });
  });
});

describe('DKIM', () => {
  const rsa = (modulusLength: number) =>
    generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  test.each<[record: string, state: string, codes: string[]]>([
    [`v=DKIM1; k=rsa; p=${rsa(2048)}`, 'pass', []],
    [`k=rsa; t=s; p=${rsa(2048)}`, 'pass', []],
    [`v=DKIM1; p=${rsa(1024)}`, 'warn', ['key_short']],
    [`v=DKIM1; p=${rsa(768)}`, 'invalid', ['key_too_short']],
    [`v=DKIM1; t=y:s; p=${rsa(2048)}`, 'warn', ['testing']],
    ['v=DKIM1; p=', 'invalid', ['key_revoked']],
    ['v=DKIM1; p=abc', 'invalid', ['key_unreadable']],
    [`v=DKIM1; k=ed25519; p=${Buffer.alloc(32).toString('base64')}`, 'pass', []],
    ['v=spf1 -all', 'missing', ['key_missing']],
  ])('a key, %#', async (record, state, codes) => {
    const dns = dnsOf({ 's1._domainkey.example.com': record });
    expect(await checkDkim(dns, 'example.com', ['s1', 's2'])).toMatchObject({
      state,
      selectors: [
        { selector: 's1', state, codes },
        { selector: 's2', state: 'missing', codes: ['key_missing'] },
      ],
    });
  });

  test('a key that is there counts, whatever is not answered', async () => {
    const answers = dnsOf({ 's1._domainkey.example.com': `v=DKIM1; p=${rsa(2048)}` });
    const dns = {
      ...answers,
      txt: (name: string) =>
        name.startsWith('s2.') ? Promise.reject(new DnsError('dns_unanswered')) : answers.txt(name),
    };
    expect(await checkDkim(dns, 'example.com', ['s1', 's2'])).toMatchObject({
      state: 'pass',
      codes: ['dns_unanswered'],
      selectors: [{ state: 'pass' }, { selector: 's2', record: null, state: 'unknown', codes: ['dns_unanswered'] }],
    });
    await expect(checkDkim(dns, 'example.com', ['s2'])).rejects.toMatchObject({ code: 'dns_unanswered' });
  });

  test('without a selector nothing is known', async () => {
    expect(await checkDkim(dnsOf({}), 'example.com', [])).toEqual({
      state: 'unknown',
      codes: ['selectors_unknown'],
      selectors: [],
    });
  });
});

describe('DMARC', () => {
  const at = 'mail.example.com';
  test.each<[own: string | string[], above: string, state: string, policy: string | null, codes: string[]]>([
    ['v=DMARC1; p=reject; rua=mailto:a@example.com', '', 'pass', 'reject', []],
    ['v=DMARC1; p=quarantine', '', 'pass', 'quarantine', ['no_reports']],
    ['v=DMARC1; p=none; rua=mailto:a@example.com', '', 'warn', 'none', ['policy_none']],
    ['v=DMARC1; p=reject; pct=20; rua=mailto:a@example.com', '', 'warn', 'reject', ['partial']],
    ['v=DMARC1; rua=mailto:a@example.com', '', 'warn', 'none', ['policy_none']],
    ['v=DMARC1; p=refuse', '', 'invalid', null, ['syntax', 'no_reports']],
    [['v=DMARC1; p=none', 'v=DMARC1; p=reject'], '', 'invalid', null, ['several_records']],
    ['', 'v=DMARC1; p=reject; sp=none; rua=mailto:a@example.com', 'warn', 'none', ['policy_none', 'inherited']],
    ['', 'v=DMARC1; p=reject; rua=mailto:a@example.com', 'pass', 'reject', ['inherited']],
    ['', '', 'missing', null, []],
  ])('%s, above it %s, is %s', async (own, above, state, policy, codes) => {
    const dns = dnsOf({ [`_dmarc.${at}`]: own, '_dmarc.example.com': above });
    expect(await checkDmarc(dns, at)).toMatchObject({ state, policy, codes });
  });
});

test('DMARC is looked for above a domain, at eight names at most, and not at what anybody may have a name under', async () => {
  const asked: string[] = [];
  const { txt, ...others } = dnsOf({ '_dmarc.co.example': 'v=DMARC1; p=reject; psd=y' });
  const dns = { ...others, txt: (name: string) => txt(asked[asked.push(name) - 1] ?? '') };
  expect(await checkDmarc(dns, 'mail.acme.co.example')).toMatchObject({ state: 'missing', domain: null });
  expect(asked).toEqual(['_dmarc.mail.acme.co.example', '_dmarc.acme.co.example', '_dmarc.co.example']);
  await checkDmarc(dns, `${'x.'.repeat(30)}example`);
  expect(asked).toHaveLength(3 + 8);
});

test('the sender is where connectors have it, its domain in ASCII', () => {
  expect(senderDomainOf({ fromEmail: 'Acme <codes@Example.com>' })).toBe('example.com');
  expect(senderDomainOf({ from: 'codes@bücher.example' })).toBe('xn--bcher-kva.example');
  expect(senderDomainOf({ emailAddress: '', accountName: 'codes@example.com' })).toBe('example.com');
  expect(senderDomainOf({ endpoint: 'https://example.com' })).toBeUndefined();
});

test('what is not answered is no missing record', async () => {
  const dns = { ...dnsOf({}), txt: () => Promise.reject(new DnsError('dns_unanswered')) };
  await expect(checkSpf(dns, 'example.com', undefined)).rejects.toMatchObject({ code: 'dns_unanswered' });
});
