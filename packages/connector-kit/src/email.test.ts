import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EmailProblem, emailProblems, mailboxOf, parseEmail, readEmail } from './email.ts';

describe('an address', () => {
  test.each([
    ['Ali.Baba@Example.COM', 'Ali.Baba@example.com', 'ali.baba@example.com'],
    ['  ali+shop@example.com ', 'ali+shop@example.com', 'ali+shop@example.com'],
    ['mailto:ali@example.com', 'ali@example.com', 'ali@example.com'],
    ['\u202aali@example.com\u202c', 'ali@example.com', 'ali@example.com'],
    ['\u200b \u200emailto:ali@example.com \u200f\ufeff', 'ali@example.com', 'ali@example.com'],
    ['ali@Bücher.example', 'ali@xn--bcher-kva.example', 'ali@xn--bcher-kva.example'],
    ['ali@例え.jp', 'ali@xn--r8jz45g.jp', 'ali@xn--r8jz45g.jp'],
    ['ａｌｉ＠example．com', 'ali@example.com', 'ali@example.com'],
    ["o'neil_1/x=y@a-b.c-d.example", "o'neil_1/x=y@a-b.c-d.example", "o'neil_1/x=y@a-b.c-d.example"],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ])('%s is kept as it was typed, and compared without case', (typed, address, key) => {
    expect(parseEmail(typed)).toEqual({ address, key, domain: key.slice(key.indexOf('@') + 1) });
  });

  const none: [string, EmailProblem][] = [
    ['', 'at'],
    ['ali', 'at'],
    ['example.com', 'at'],
    ['@', 'local'],
    ['@example.com', 'local'],
    ['ali@', 'domain'],
    ['ali@example', 'noDot'],
    ['ali@localhost', 'noDot'],
    ['ali@b\u00fccher', 'noDot'],
    ['ali@127.0.0.1', 'ip'],
    ['ali@127.1', 'ip'],
    ['ali@127.0x1', 'ip'],
    ['ali@example.0x', 'ip'],
    ['ali@example.0XFF', 'ip'],
    ['ali@[127.0.0.1]', 'ip'],
    ['ali@[IPv6:::1]', 'ip'],
    ['a@b@example.com', 'ats'],
    ['ali@@example.com', 'ats'],
    ['.ali@example.com', 'dots'],
    ['ali.@example.com', 'dots'],
    ['a..li@example.com', 'dots'],
    ['"ali baba"@example.com', 'quoted'],
    ['"a@b"@example.com', 'quoted'],
    ['ali baba@example.com', 'space'],
    ['ali @example.com', 'space'],
    ['ali@ example.com', 'space'],
    ['ali@exam ple.com', 'space'],
    ['ali@-example.com', 'domainName'],
    ['ali@example-.com', 'domainName'],
    ['ali@exam_ple.com', 'domainName'],
    ['ali@example!.com', 'domainName'],
    ['ali@example.com/inbox', 'domainName'],
    ['ali@example.com:25', 'domainName'],
    [`ali@${'a'.repeat(64)}.example`, 'domainName'],
    [`ali@${'\u00fc'.repeat(63)}.example`, 'domainName'],
    ['ali@example..com', 'domainDots'],
    ['ali@.example.com', 'domainDots'],
    ['ali@example.com.', 'domainDots'],
    ['ali@example.c', 'ending'],
    ['ali@example.com\r\nBcc: morgiana@example.com', 'control'],
    ['ali\0@example.com', 'control'],
    ['ali\u007f@example.com', 'control'],
    ['ali@example.com,morgiana@example.com', 'several'],
    ['ali@example.com; morgiana@example.com', 'several'],
    // One of these letters becomes eighteen: what is that long is not looked through.
    [`${'@'.repeat(400)}${','.repeat(400)}${'\ufdfa'.repeat(224)}`, 'long'],
    ['ali@example.com\uff0cmorgiana@example.com', 'several'],
    ['<ali@example.com>', 'wrapped'],
    ['Ali Baba <ali@example.com>', 'wrapped'],
    ['\u00e4l\u00ec@example.com', 'ascii'],
    ['al\u200bi@example.com', 'ascii'],
    ['\u202a\u202c', 'at'],
    ['j\u00fcrgen@example.com', 'ascii'],
    ['\u7528\u6237@example.com', 'ascii'],
    ['ali(work)@example.com', 'character'],
    ['tel:1@example.com', 'character'],
    [`${'a'.repeat(65)}@example.com`, 'longLocal'],
    [`ali@${'a.'.repeat(125)}example`, 'long'],
  ];
  test.each(none)('%j is none, because of %s', (typed, problem) => {
    expect(readEmail(typed)).toBe(problem);
    expect(parseEmail(typed)).toBeUndefined();
  });

  test('what is taken is an address, and is taken again as it is', () => {
    const name = fc.string({
      unit: fc.constantFrom('a', 'X', '0', 'x', '9', '-', 'é', '例', '\u00ad', 'ß'),
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 3 }), (names) => {
        const read = readEmail(`ali@${names.join('.')}`);
        if (typeof read === 'string') return;
        expect(read.domain).toMatch(/^[a-z\d-]+(?:\.[a-z\d-]+)+$/);
        expect(readEmail(read.address)).toEqual(read);
      }),
      { numRuns: 2_000 },
    );
  });

  test('every reason has a sentence of its own, and a text that has it', () => {
    expect(new Set(none.map(([, problem]) => problem))).toEqual(new Set(Object.keys(emailProblems)));
    expect(new Set(Object.values(emailProblems)).size).toBe(Object.keys(emailProblems).length);
  });
});

test.each([
  ['ali+shop@example.com', 'ali@example.com'],
  ['ali+a+b@example.com', 'ali@example.com'],
  ['+ali@example.com', '+ali@example.com'],
  ['a.li@example.com', 'a.li@example.com'],
  ['a.l.i+shop@gmail.com', 'ali@gmail.com'],
  ['a.li@googlemail.com', 'ali@gmail.com'],
  ['a.li@gmail.com.example', 'a.li@gmail.com.example'],
  ['+8613800138000', '+8613800138000'],
])('%s leads to %s', (key, mailbox) => {
  expect(mailboxOf(key)).toBe(mailbox);
});
