/** One line of a trace: somebody asks for a code. */
export type TraceEvent = {
  /** Seconds, from any moment on. */
  at: number;
  /** E.164. */
  phone: string;
  /** The IP address; empty where it is not known. */
  network: string;
  /** What the browser is known by once it has verified a code. */
  device: string | null;
  kind: 'person' | 'attack';
  /** Whether the code is typed in. */
  answers: boolean;
  /** Whether a human check is passed where it is asked for. */
  passesCheck: boolean;
};

/**
 * Reads a line of a trace, made anywhere: what is left out is what it usually is. Without a network or with one that is no
 * address, nothing is known of it.
 * @throws an error that names the line and what is wrong with it
 */
export function parseEvent(line: string, number: number): TraceEvent {
  const fail = (what: string) => new Error(`Line ${number} of the trace: ${what}.`);
  let event: Partial<Record<keyof TraceEvent, unknown>>;
  try {
    event = JSON.parse(line);
  } catch {
    throw fail('this is no JSON');
  }
  const { phone, kind = 'person' } = event ?? {};
  const [network, device] = [event?.network ?? '', event?.device ?? ''];
  const at = toNumber(event?.at);
  if (!Number.isFinite(at)) throw fail('`at` is a number of seconds');
  if (typeof phone !== 'string' || phone === '') throw fail('`phone` is a number in E.164');
  if (kind !== 'person' && kind !== 'attack') throw fail('`kind` is "person" or "attack"');
  if (typeof network !== 'string') throw fail('`network` is an IP address, or left out');
  if (typeof device !== 'string' && typeof device !== 'number') throw fail('`device` is a name, null, or left out');
  const isPerson = kind === 'person';
  const { answers = isPerson, passesCheck = isPerson } = event;
  for (const [name, flag] of Object.entries({ answers, passesCheck })) {
    if (typeof flag !== 'boolean') throw fail(`\`${name}\` is true or false`);
  }
  return {
    at,
    phone,
    network,
    device: device === '' ? null : String(device),
    kind,
    answers: answers === true,
    passesCheck: passesCheck === true,
  };
}

/** What is written as a number, also in quotes; else NaN. */
function toNumber(given: unknown): number {
  if (typeof given === 'string' && given.trim() !== '') return Number(given);
  return typeof given === 'number' ? given : Number.NaN;
}
