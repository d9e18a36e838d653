/** One line of a trace: somebody asks for a code. */
export type TraceEvent = {
  /** Seconds, from any moment on; lines come in their order. */
  at: number;
  /** E.164. */
  phone: string;
  /** The IP address. */
  network: string;
  /** What the browser is known by once it has verified a code. */
  device: string | null;
  kind: 'person' | 'attack';
  /** Whether the code is typed in. */
  answers: boolean;
  /** Whether a human check is passed where it is asked for. */
  passesCheck: boolean;
};

/** Reads a line of a trace. @throws an error that names the line and what is wrong with it */
export function parseEvent(line: string, number: number): TraceEvent {
  const fail = (what: string) => new Error(`Line ${number} of the trace: ${what}.`);
  let event: Partial<Record<keyof TraceEvent, unknown>>;
  try {
    event = JSON.parse(line);
  } catch {
    throw fail('this is no JSON');
  }
  const { at, phone, network, device = null, kind, answers, passesCheck } = event ?? {};
  if (typeof at !== 'number' || !Number.isFinite(at)) throw fail('`at` is a number of seconds');
  if (typeof phone !== 'string' || !/^\+\d{5,15}$/.test(phone)) throw fail('`phone` is a number in E.164');
  if (typeof network !== 'string') throw fail('`network` is an IP address');
  if (device !== null && typeof device !== 'string') throw fail('`device` is a text or null');
  if (kind !== 'person' && kind !== 'attack') throw fail('`kind` is "person" or "attack"');
  if (typeof answers !== 'boolean' || typeof passesCheck !== 'boolean') {
    throw fail('`answers` and `passesCheck` are true or false');
  }
  return { at, phone, network, device, kind, answers, passesCheck };
}
