import { DatabaseSync } from 'node:sqlite';

/** What the lines of an import have named so far. */
export type SeenIdentifiers = {
  /** Remembers an id, a username or a number. @returns the line that named it before, if one did */
  claim: (identifier: string, line: number) => number | undefined;
  close: () => void;
};

/** On disk, in a file that goes away by itself: a million users would not fit the memory of a small machine. */
export function createSeenIdentifiers(): SeenIdentifiers {
  const database = new DatabaseSync('');
  database.exec('create table seen (identifier text primary key, line integer not null) without rowid; begin');
  const insert = database.prepare('insert into seen (identifier, line) values (?, ?) on conflict do nothing');
  const find = database.prepare('select line from seen where identifier = ?');
  return {
    claim(identifier, line) {
      if (insert.run(identifier, line).changes === 1) return undefined;
      return Number(find.get(identifier)?.line);
    },
    close: () => database.close(),
  };
}
