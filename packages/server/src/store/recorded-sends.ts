import { sql } from 'kysely';
import type { Store } from './store.ts';
import { isCode } from './verification-figures.ts';

/** A code that was sent by SMS, as it is played again. Times are milliseconds since the epoch. */
export type RecordedSend = {
  recipient: string;
  country: string | null;
  created_at: number;
  verified_at: number | null;
  /** In millionths of the currency. */
  cost: number | null;
};

const pieceRows = 2_000;

const wentOut = sql<boolean>`(state not in ('failed', 'suppressed') or verified_at is not null)`;

/** The codes that went out by SMS since a time, the last so many of them, oldest first; tests and notices are left out. */
export async function listRecordedSends({ reader }: Store, from: number, max: number): Promise<RecordedSend[]> {
  const sends: (RecordedSend & { id: string })[] = [];
  for (;;) {
    const last = sends.at(-1);
    const piece = await reader
      .selectFrom('messages')
      .select(['id', 'recipient', 'country', 'created_at', 'verified_at', 'cost'])
      .where('created_at', '>=', from)
      .$if(last !== undefined, (query) =>
        query.where(sql<boolean>`(created_at, id) < (${last?.created_at ?? 0}, ${last?.id ?? ''})`),
      )
      .where('recipient', 'like', '+%')
      .where(isCode)
      .where(wentOut)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(Math.min(pieceRows, max - sends.length))
      .execute();
    sends.push(...piece.map(({ cost = null, ...send }) => ({ ...send, cost })));
    if (piece.length < pieceRows || sends.length >= max) break;
  }
  return sends.reverse().map(({ id: _, ...send }) => send);
}
