/**
 * Whom wrong answers are counted for: everybody whom the server does not know, back ends, or one browser that has signed
 * in to the account before.
 */
export type Counter = 'strangers' | 'back-end' | `device:${string}`;

/** What `Counter`s add up to. */
export const everybody = 'all';

/** How wrong answers in a row slow a recipient down (NIST SP 800-63B-4, 3.2.2), across codes. */
export const failurePolicy = {
  /** So many wrong answers in a row, of everybody together, lock the recipient. */
  maxFailures: 100,
  /** So many of strangers lock strangers out; the rest is for those who are known. */
  maxStrangerFailures: 80,
  /** From this one of a counter on each makes the counter wait: 1 s, 2 s, 4 s … */
  firstWaitAt: 20,
  maxWaitMs: 4_096_000,
} as const;

/** So many wrong answers in a row of one counter lock it. */
export const maxFailuresOf = (counter: Counter) =>
  counter === 'strangers' ? failurePolicy.maxStrangerFailures : failurePolicy.maxFailures;
