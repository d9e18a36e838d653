import type { Database } from './contenders/contender.ts';
import type { Pause } from './pauses.ts';
import type { Cell } from './rounds.ts';

/** What a server needs; memory in MB (10^6 bytes). */
export type Footprint = {
  label: string;
  database: Database;
  readyMs: number;
  idleMb: number | undefined;
  /** After sends and checks for a while; `undefined` where that was left out. */
  loadedMb: number | undefined;
};

/** A database that was filled. */
export type Filled = { database: Database; rows: number; seconds: number; sizeMb: number | undefined };

/** Everything that a run found. */
export type Findings = {
  conditions: readonly string[];
  filled: readonly Filled[];
  cells: readonly Cell[];
  footprints: readonly Footprint[];
  bareNodeMemoryMb: number | undefined;
  pauses: readonly { database: Database; pauses: readonly Pause[] }[];
};
