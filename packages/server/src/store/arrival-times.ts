import { type RawBuilder, sql } from 'kysely';

/** Numbers of messages by how long something took, in the buckets below. */
export type Times = readonly number[];

/**
 * Where buckets end, in milliseconds: a second, then each longer than the one before by √2 up to 256 seconds, then by more;
 * the last has no end. Fixed, so that the numbers of hours, countries and processes add up.
 */
export const bucketEnds: readonly number[] = [
  ...Array.from({ length: 17 }, (_, index) => Math.round(1000 * 2 ** (index / 2))),
  ...[512, 1024, 2048, 4096, 16_384, 65_536].map((seconds) => seconds * 1000),
];

export const bucketCount = bucketEnds.length + 1;

/** Which bucket a time in milliseconds belongs to; -1 for none. */
export const bucketOf = (time: RawBuilder<number | null>): RawBuilder<number> =>
  sql<number>`case when ${time} is null then -1 ${sql.join(
    bucketEnds.map((end, bucket) => sql`when ${time} < ${sql.lit(end)} then ${sql.lit(bucket)}`),
    sql` `,
  )} else ${sql.lit(bucketEnds.length)} end`;

/** Adds up what was counted in each bucket. */
export const addTimes = (all: readonly Times[]): number[] =>
  Array.from({ length: bucketCount }, (_, bucket) => all.reduce((sum, times) => sum + (times[bucket] ?? 0), 0));

/**
 * How long it took for this share of them at most, in milliseconds: within its bucket as if each took longer than the one
 * before by the same factor. `undefined` where there are none.
 */
export function quantileOf(times: Times, share: number): number | undefined {
  const total = times.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  const wanted = share * total;
  let before = 0;
  for (const [bucket, count] of times.entries()) {
    if (count > 0 && before + count >= wanted) {
      const end = bucketEnds[bucket] ?? (bucketEnds.at(-1) as number) * 2;
      const start = bucketEnds[bucket - 1] ?? end / 2;
      return Math.round(start * (end / start) ** ((wanted - before) / count));
    }
    before += count;
  }
  return undefined;
}
