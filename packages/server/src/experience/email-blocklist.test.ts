import { expect, test } from 'vitest';
import { ApiError } from '../errors.ts';
import { checkEmailBlocklistPolicy, checkEmailIsAllowed } from './email-blocklist.ts';

/** Whether an address is taken where these are refused. */
const isTaken = (entry: string, address: string) => {
  try {
    checkEmailIsAllowed({ customBlocklist: [entry] }, address);
    return true;
  } catch {
    return false;
  }
};

// What Logto's own tests of its lists hold.
test.each([
  ['foo@example.com', 'Foo@Example.com'],
  ['@example.com', 'foo@Example.com'],
  ['foo*@example.com', 'FooBar@Example.com'],
  ['*@example.com', 'anything@Example.com'],
  ['foo@*.example.com', 'Foo@bar.Example.com'],
  ['@foo.*', 'bar@Foo.com'],
  ['@*.example.com', 'bar@Foo.Example.com'],
  ['foo.+*@example.com', 'foo.+bar@example.com'],
  ['foo.bar@gmail.com', 'foobar@gmail.com'],
  ['foobar@gmail.com', 'f.o.o.b.a.r@gmail.com'],
  ['foo.bar*@gmail.com', 'foobarbaz@gmail.com'],
  ['foobar*@*.com', 'foo.bar.baz@gmail.com'],
  ['foo.bar@gmail.com', 'foobar@googlemail.com'],
  ['foo.bar@googlemail.com', 'foobar@gmail.com'],
  ['foo@googlemail.*', 'f.oo@gmail.com'],
  ['@gmail.com', 'foo@googlemail.com'],
  ['@googlemail.com', 'foo@gmail.com'],
])('%s is about %s', (entry, address) => {
  expect(isTaken(entry, address)).toBe(false);
});

test.each([
  ['foo@example.com', 'bar@example.com'],
  ['@example.com', 'foo@example.org'],
  ['foo.+*@example.com', 'fooxbar@example.com'],
  ['foo.bar@example.com', 'foobar@example.com'],
  ['foobar@*.com', 'foo.bar@example.com'],
  ['a*a@example.com', 'a@example.com'],
  ['*ab*ba*@example.com', 'aba@example.com'],
])('%s is not about %s', (entry, address) => {
  expect(isTaken(entry, address)).toBe(true);
});

test('a list of those that are taken leaves the others out, and those that are refused too', () => {
  const policy = { customAllowlist: ['@example.com'], customBlocklist: ['ali@example.com'] };
  const code = 'session.email_blocklist.email_not_allowed';
  expect(() => checkEmailIsAllowed(policy, 'cassim@example.com')).not.toThrow();
  expect(() => checkEmailIsAllowed(policy, 'Ali@example.com')).toThrow(expect.objectContaining({ code }));
  expect(() => checkEmailIsAllowed(policy, 'ali@example.org')).toThrow(expect.objectContaining({ code }));
});

test('a plus is refused before the @ alone', () => {
  const code = 'session.email_blocklist.email_subaddressing_not_allowed';
  const policy = { blockSubaddressing: true };
  expect(() => checkEmailIsAllowed(policy, 'ali+shop@example.com')).toThrow(expect.objectContaining({ code }));
  expect(() => checkEmailIsAllowed(policy, 'ali@example.com')).not.toThrow();
});

test.each(['foo*', '@*', 'foo@*', 'foo@example', '@example', '*@*.*', '@a..b', '@.a.b', 'a b@example.com'])(
  '%s is no entry',
  (entry) => {
    expect(() => checkEmailBlocklistPolicy({ customBlocklist: [entry] })).toThrow();
  },
);

test.each([
  ['@bücher.example', 'a@xn--bcher-kva.example'],
  ['a@BÜCHER.example', 'a@xn--bcher-kva.example'],
  ['@ｂüｃｈｅｒ.example', 'a@xn--bcher-kva.example'],
  ['ａ@bücher.example', 'a@xn--bcher-kva.example'],
  ['@bü*.example', 'a@xn--bcher-kva.example'],
  ['*@b*cher.example', 'a@xn--bcher-kva.example'],
  ['@xn--*.example', 'a@xn--bcher-kva.example'],
  ['@*.bücher.example', 'a@shop.xn--bcher-kva.example'],
  ['@sh*.xn--bcher-kva.example', 'a@shop.xn--bcher-kva.example'],
  ['@sh*.bü*.example', 'a@shop.xn--bcher-kva.example'],
])('an address is kept with its domain in ASCII, and %s means %s all the same', (entry, email) => {
  expect(() => checkEmailIsAllowed({ customBlocklist: [entry] }, email)).toThrow();
  expect(() => checkEmailIsAllowed({ customAllowlist: [entry] }, email)).not.toThrow();
  expect(() => checkEmailIsAllowed({ customBlocklist: [entry] }, 'b@example.org')).not.toThrow();
});

test('the lists of a policy are read once, however often addresses are looked up', () => {
  let reads = 0;
  const counted = (entry: string) =>
    new Proxy([entry], {
      get(list, name, receiver) {
        if (name === '0') reads += 1;
        return Reflect.get(list, name, receiver);
      },
    });
  const policy = { customAllowlist: counted('@example.com'), customBlocklist: counted('ali*@example.com') };
  const look = () => {
    expect(() => checkEmailIsAllowed(policy, 'cassim@example.com')).not.toThrow();
    expect(() => checkEmailIsAllowed(policy, 'ali@example.com')).toThrow(ApiError);
  };
  look();
  expect(reads).toBeGreaterThan(0);
  reads = 0;
  look();
  expect(reads).toBe(0);
});
