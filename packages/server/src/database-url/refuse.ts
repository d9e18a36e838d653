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
  let plain: string;
  try {
    plain = decodeURIComponent(text);
  } catch {
    return refuse(`${what} has a percent sign that encodes nothing; write %25 for the sign itself.`);
  }
  // It ends a text in PostgreSQL's protocol, and what comes behind it would be read as something else.
  if (plain.includes('\0')) refuse(`${what} has a zero character, which PostgreSQL takes nowhere.`);
  return plain;
}
