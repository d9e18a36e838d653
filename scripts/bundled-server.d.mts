/** The server with its packages in few files, made of these inputs. Paths are relative to the repository. */
export const bundledServer: { file: string; stamp: string; inputs: readonly string[] };
/** The file to start: the server in few files where it is made of the sources that are there, or else the sources. */
export function serverFile(): string;
