/** The server with its packages in few files, made of these inputs. Paths are relative to the repository. */
export const bundledServer: { file: string; stamp: string; inputs: readonly string[] };
/** The address of the module to start: the one in few files where it is made of the sources that are there, or else the sources. */
export function serverModule(): string;
