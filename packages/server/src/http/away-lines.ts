import type { Platform } from '../platform.ts';

/** How long a line with the same reason is left out, in milliseconds. */
const quietMs = 10_000;

/** Decides on a line with this reason. @returns what to add to it, or nothing where it is left out */
export type AwayLines = (reason: string) => { leftOut?: number } | undefined;

/**
 * Lets the line that the database is away through once in ten seconds for each reason. Every request has it then, and
 * anybody may send requests, so that they would fill the disk. The first line after that says how many were left out.
 */
export function createAwayLines({ now }: Pick<Platform, 'now'>): AwayLines {
  let began = Number.NEGATIVE_INFINITY;
  let leftOut = 0;
  const reasons = new Set<string>();
  return (reason) => {
    const age = now() - began;
    if (age < 0 || age >= quietMs) {
      began = now();
      reasons.clear();
    }
    if (reasons.has(reason)) {
      leftOut += 1;
      return undefined;
    }
    reasons.add(reason);
    const before = leftOut;
    leftOut = 0;
    return before > 0 ? { leftOut: before } : {};
  };
}
