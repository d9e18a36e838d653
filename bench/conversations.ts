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

type Each = { connections: number; sends: number };

/** So many sends. */
export async function sendEach({ sends: [send] }: Contender, { connections, sends }: Each): Promise<void> {
  if (!send) return;
  let left = sends;
  const next = () => (left-- > 0 ? sendsOf(send)() : undefined);
  await run({ ...send, connections, seconds: Number.POSITIVE_INFINITY, next });
}

/** A check of each code that was sent. @returns how many, none where the server does not check */
export async function checkEach({ checks: [check], takeCodes }: Contender, connections: number): Promise<number> {
  if (!check) return 0;
  const codes = await takeCodes();
  await run({ ...check, connections, seconds: Number.POSITIVE_INFINITY, next: checksOf(check, codes) });
  return codes.length;
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
