/** How a record stands: `unknown` where it could not be looked up, or nobody knows where it would be. */
export const recordStates = ['pass', 'warn', 'missing', 'invalid', 'unknown'] as const;
export type RecordState = (typeof recordStates)[number];

/** Why nothing is known of any record. */
export const unknownCodes = ['dns_off', 'dns_unanswered', 'sender_unknown'] as const;
export type UnknownCode = (typeof unknownCodes)[number];

/** How a record stands and why, by codes; none where all is well. */
export type Finding<Code extends string> = { state: RecordState; codes: (Code | UnknownCode)[] };

/** The finding for codes of which each makes the record invalid, is worth a warning, or only tells something. */
export function findingOf<Code extends string>(
  codes: Code[],
  levels: Record<Code, 'invalid' | 'warn' | 'note'>,
): Finding<Code> {
  const worst = (['invalid', 'warn'] as const).find((level) => codes.some((code) => levels[code] === level));
  return { state: worst ?? 'pass', codes: [...new Set(codes)] };
}
