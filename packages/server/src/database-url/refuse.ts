/** What is wrong with a connection URL, in a sentence that holds no password. */
export class DatabaseUrlError extends Error {
  override readonly name = 'DatabaseUrlError';
}

/** @throws DatabaseUrlError */
export function refuse(sentence: string): never {
  throw new DatabaseUrlError(sentence);
}

/** Only percent signs encode: a plus stands for itself. @throws DatabaseUrlError */
export function decoded(text: string, what: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuse(`${what} has a percent sign that encodes nothing; write %25 for the sign itself.`);
  }
}
