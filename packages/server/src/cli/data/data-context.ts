import type { Progress } from '../../store/copy/progress.ts';
import type { Terminal } from '../terminal.ts';

/** What the commands over all data work with. */
export type DataContext = Pick<Terminal, 'env' | 'cwd' | 'print'> & {
  progress: Progress;
  /** Aborted by an interruption. */
  signal: AbortSignal | undefined;
};
