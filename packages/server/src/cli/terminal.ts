/** What a command takes from outside. */
export type Terminal = {
  env: Readonly<Record<string, string | undefined>>;
  /** Where the command was called. */
  cwd: string;
  print: (line: string) => void;
  /** For what went wrong. */
  complain: (line: string) => void;
};
