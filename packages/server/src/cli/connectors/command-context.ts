/** What the commands about connectors work with. */
export type CommandContext = {
  /** Where connectors are installed: a package.json, its lockfile and node_modules. */
  folder: string;
  /** SESAME_CONNECTORS_DIR, where it is set. */
  connectorsDir: string | undefined;
  /** Where the command was called. */
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  print: (line: string) => void;
};
