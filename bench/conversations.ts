import { allConnectionCounts, type Contender, type SentCode, type Variant } from './contenders/contender.ts';
import { run } from './load.ts';

const mostConnections = Math.max(...allConnectionCounts);

let phonesUsed = 0;

/** Numbers of China Mobile, each used for one send only. */
const nextPhone = () => `+86138${String(phonesUsed++).padStart(8, '0')}`;

/** Sends, for as long as somebody asks. */
export const sendsOf =
  ({ talk }: Variant) =>
  () =>
    talk(nextPhone(), '');

/** A check for each of these codes. */
export function checksOf({ talk }: Variant, codes: readonly SentCode[]) {
  const left = codes.values();
  return () => {
    const { value } = left.next();
    return value && talk(...value);
  };
}

/** Sesame sends ten messages to a number in ten minutes; the rest is for the warm-up. */
const signInsOfEach = 9;
const signInsUsed = new Map<Contender, number>();

/** Sign-ins of one after the other, so that nobody signs in twice at once. */
export function signInsOf(contender: Contender, { talk }: Variant) {
  const phones = contender.signIns?.phones() ?? [];
  return () => {
    const used = signInsUsed.get(contender) ?? 0;
    signInsUsed.set(contender, used + 1);
    const phone = used < phones.length * signInsOfEach ? phones[used % phones.length] : undefined;
    return phone === undefined ? undefined : talk(phone, '');
  };
}

/** A share of codes for each measurement of checks: those sent so far, and a second helping that is not measured. */
export async function stockUp(contender: Contender, seconds: number): Promise<SentCode[][]> {
  const { sends, checks, takeCodes, connectionCounts } = contender;
  const [send] = sends;
  if (!send || checks.length === 0) return [];
  await run({ ports: send.ports, connections: mostConnections, seconds, next: sendsOf(send) });
  const codes = await takeCodes();
  const shareCount = checks.length * connectionCounts.length;
  const shareSize = Math.floor(codes.length / shareCount);
  return Array.from({ length: shareCount }, () => codes.splice(0, shareSize));
}

/** So many sends, then a check of each of their codes where the server checks. */
export async function sendAndCheckEach(contender: Contender, sends: number): Promise<void> {
  const [[send], [check]] = [contender.sends, contender.checks];
  if (!send) return;
  const each = { connections: mostConnections, seconds: Number.POSITIVE_INFINITY };
  let left = sends;
  await run({ ...send, ...each, next: () => (left-- > 0 ? sendsOf(send)() : undefined) });
  if (check) await run({ ...check, ...each, next: checksOf(check, await contender.takeCodes()) });
}

/** Sends and checks in turn, as many seconds as wanted. */
export async function sendAndCheck(contender: Contender, seconds: number): Promise<void> {
  const [[send], [check]] = [contender.sends, contender.checks];
  if (!send || !check) throw new Error('This server does not check.');
  const connections = mostConnections;
  for (const deadline = performance.now() + seconds * 1000; performance.now() < deadline; ) {
    const left = Math.min(2, (deadline - performance.now()) / 1000);
    await run({ ...send, connections, seconds: left / 2, next: sendsOf(send) });
    await run({ ...check, connections, seconds: left, next: checksOf(check, await contender.takeCodes()) });
  }
}
