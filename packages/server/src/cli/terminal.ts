/** What a command takes from outside. */
export type Terminal = {
  env: Readonly<Record<string, string | undefined>>;
  /** Where the command was called. */
  cwd: string;
  print: (line: string) => void;
  /** From now on an interruption (Ctrl-C, SIGTERM) aborts this instead of ending the process at once. */
  interruption?: () => AbortSignal;
  /** For what went wrong. */
  complain: (line: string) => void;
};
