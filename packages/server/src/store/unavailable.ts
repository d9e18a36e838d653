/**
 * Result codes of SQLite for a disk that is full, broken, locked or gone: BUSY, LOCKED, READONLY, IOERR, FULL,
 * CANTOPEN.
 */
const sqliteCodes = new Set([5, 6, 8, 10, 13, 14]);
/**
 * SQLSTATE classes of PostgreSQL: connection, out of resources, operator intervention, trouble of the system below it, and
 * of its own, such as of a file that it cannot make.
 */
const postgresClasses = new Set(['08', '53', '57', '58', 'XX']);
const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'EAI_AGAIN',
  'ENETUNREACH',
  'ECONNABORTED',
]);
/**
 * Single SQLSTATEs: read-only after a failover, transactions that stood still or took too long, a lock not to be had, and
 * conflicts that replays did not get past.
 */
const postgresCodes = new Set(['25006', '25P03', '25P04', '55P03', '40001', '40P01']);
/** What pg says, without a code, of connections that ended or could not be made. */
const connectionMessages =
  /Connection terminated|Connection ended|timeout exceeded when trying to connect|Query read timeout|not queryable|connection error/;

/** What the log says where `isUnavailable`; of many requests in a row, not of each (`away-lines.ts`). */
export const databaseAway = 'the database is away, or takes no writes; whoever asks is told to come back';

/**
 * No connection could be had, for whatever reasons: they may all be the operator's, such as a password that was changed,
 * and end without a restart.
 */
export class NoConnectionError extends AggregateError {
  override readonly name = 'NoConnectionError';
}

/** Whether an error says that the database is away for now, rather than that a statement is wrong. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof NoConnectionError) return true;
  if (error instanceof AggregateError) return error.errors.some(isUnavailable);
  if (!(error instanceof Error)) return false;
  const { code, errcode, syscall } = error as { code?: unknown; errcode?: unknown; syscall?: unknown };
  // Extended result codes carry the primary one in their low byte.
  if (typeof errcode === 'number') return sqliteCodes.has(errcode & 0xff);
  // Whatever the reason is: of a Unix socket, for one, that its file is not there.
  if (syscall === 'connect') return true;
  if (typeof code === 'string' && (connectionCodes.has(code) || postgresClasses.has(code.slice(0, 2)))) return true;
  if (typeof code === 'string' && postgresCodes.has(code)) return true;
  return connectionMessages.test(error.message);
}

/** Whether PostgreSQL may have met the trouble in what one statement looked at, such as a broken page of a table. */
export const isOfWhatItReads = (error: unknown): boolean =>
  /^(?:53|58|XX)...$/.test(String((error as { code?: unknown }).code));
