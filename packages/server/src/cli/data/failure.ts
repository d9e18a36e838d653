import { DatabaseError } from 'pg';
import { ConfigError } from '../../config.ts';
import { CopyError } from '../../store/copy/copy-error.ts';
import { isUnavailable } from '../../store/unavailable.ts';
import { CommandError } from '../command-error.ts';

/** What to tell of an error. What comes of an interruption is the interruption; a fault of ours stays what it is. */
export function failureOf(error: unknown, signal: AbortSignal | undefined): unknown {
  if (error instanceof CommandError || error instanceof ConfigError) return error;
  if (signal?.aborted) return signal.reason;
  if (error instanceof CopyError) return new CommandError(error.message);
  const { code, message, syscall, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return new CommandError(`The disk is full. ${nothingIsLeft}`);
  // Has words of its own.
  if (syscall && path) return error;
  if (code === 'ERR_SQLITE_ERROR') return new CommandError(`SQLite gives up: ${message}. ${nothingIsLeft}`);
  if (error instanceof DatabaseError || isUnavailable(error)) {
    return new CommandError(`PostgreSQL gives up: ${messagesOf(error as Error).join('; ')}. ${nothingIsLeft}`);
  }
  return error;
}

const nothingIsLeft = 'Nothing was changed, nothing is left.';

/** Of several addresses each says what was wrong. */
const messagesOf = (error: Error): string[] =>
  error instanceof AggregateError ? error.errors.flatMap(messagesOf) : [error.message];
