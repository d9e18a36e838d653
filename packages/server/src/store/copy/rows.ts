import { hash } from 'node:crypto';

/** A value as both databases have it: integers of 64 bits as bigint, other numbers as number. */
export type Cell = string | bigint | number | Uint8Array | null;
/** In the order of the table's columns. */
export type Row = readonly Cell[];

/** A text that two rows share only if they are the same. */
export const textOf = (row: Row): string => row.map(textOfCell).join();

function textOfCell(cell: Cell): string {
  if (typeof cell === 'string') return JSON.stringify(cell);
  if (typeof cell === 'bigint') return String(cell);
  if (typeof cell === 'number') return `real ${cell}`;
  return cell === null ? 'null' : `bytes ${Buffer.from(cell).toString('hex')}`;
}

/** How many rows there are, and a digest of all that is in them, whatever their order. */
export type RowsDigest = { rows: number; digest: string };

const modulus = 2n ** 256n;

/** Adds up the SHA-256 of each row. It shows what was damaged, not what somebody changed on purpose. */
export function createRowsDigest() {
  let rows = 0;
  let sum = 0n;
  return {
    add(row: Row): void {
      rows += 1;
      sum = (sum + BigInt(`0x${hash('sha256', textOf(row), 'hex')}`)) % modulus;
    },
    result: (): RowsDigest => ({ rows, digest: sum.toString(16).padStart(64, '0') }),
  };
}
