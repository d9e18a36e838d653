import type { CompiledQuery } from 'kysely';
import type { Store } from './store.ts';

/** How much of a long work is done at once. */
export type Slices = {
  /** Rows that one statement may touch. */
  rows: number;
  /** Lets others work between two statements. @returns whether to go on */
  turn: () => Promise<boolean>;
};

/** For what somebody waits for: others have their turns, but no pause. */
export const atOnce: Slices = {
  rows: 200,
  turn: () => new Promise((resolve) => setImmediate(() => resolve(true))),
};

/**
 * Runs a statement that touches a slice of the rows in question and returns them, until none is left. Each run is a
 * transaction of its own: whatever others want meanwhile waits for one slice at most.
 */
export async function inSlices(
  { atomically }: Pick<Store, 'atomically'>,
  statement: CompiledQuery<unknown>,
  { rows, turn }: Slices,
): Promise<void> {
  for (;;) {
    const [touched] = await atomically([statement]);
    if (touched.length < rows || !(await turn())) return;
  }
}
