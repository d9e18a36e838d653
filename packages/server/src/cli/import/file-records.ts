import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { CommandError } from '../command-error.ts';
import { jsonRecords } from './json-records.ts';
import type { Source, SourceRecord } from './source.ts';

/** A file under way. */
export type RecordFile = {
  records: AsyncIterable<{ line: number; value: SourceRecord | undefined }>;
  /** How much of the file has been read, from 0 to 1. */
  progress: () => number;
};

/** Reads JSON (an array, one with `users`, or a text a line) or CSV, both also as `.gz`. */
export async function openRecords(file: string, source: Source): Promise<RecordFile> {
  const { size } = await stat(file);
  const bytes = createReadStream(file);
  const unpacked = file.endsWith('.gz') ? pipeline(bytes, createGunzip(), () => {}) : bytes;
  const records = readRecords(unpacked.setEncoding('utf8'), source);
  return { records, progress: () => (size === 0 ? 1 : bytes.bytesRead / size) };
}

async function* readRecords(text: Readable, source: Source): RecordFile['records'] {
  const chunks = withoutMark(text);
  const first = await chunks.next();
  if (first.done) return;
  const all = continued(first.value, chunks);
  yield* /^\s*[[{]/.test(first.value) ? jsonRecords(all) : csvRecords(all, source);
}

/** Without the byte order mark that some programs put before a text. */
async function* withoutMark(text: Readable): AsyncGenerator<string> {
  let isFirst = true;
  for await (const chunk of text) {
    yield isFirst ? chunk.replace(/^\uFEFF/, '') : chunk;
    isFirst = false;
  }
}

async function* continued(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

async function* csvRecords(chunks: AsyncIterable<string>, { columns, checkHeader }: Source): RecordFile['records'] {
  if (!columns && !checkHeader) throw new CommandError('This is no JSON, and exports of this kind are.');
  const toColumns = (header: string[]) => {
    checkHeader?.(header);
    return header;
  };
  const parser = parse({
    columns: columns ? [...columns] : toColumns,
    info: true,
    relax_column_count_less: true,
    skip_empty_lines: true,
  });
  Readable.from(chunks)
    .on('error', (error) => parser.destroy(error))
    .pipe(parser);
  try {
    for await (const { record, info } of parser) yield { line: info.lines, value: record };
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')) {
      throw new CommandError(`The file cannot be read as CSV: ${error.message}`);
    }
    throw error;
  }
}
