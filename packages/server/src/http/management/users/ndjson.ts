import type { AppInstance } from '../../app-instance.ts';

const contentTypes = ['application/x-ndjson', 'application/ndjson', 'application/jsonl'];
const maxBytes = 10 * 1024 * 1024;
const newline = 10;

/** A body of JSON texts, one a line. */
export class NdjsonBody {
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** The lines that are not empty, numbered from 1; a text that is not JSON is `undefined`. */
  *lines(): Generator<{ line: number; value: unknown }> {
    let line = 1;
    for (let start = 0; start < this.#bytes.length; line += 1) {
      const found = this.#bytes.indexOf(newline, start);
      const end = found === -1 ? this.#bytes.length : found;
      const text = this.#bytes.toString('utf8', start, end).trim();
      if (text) yield { line, value: parse(text) };
      start = end + 1;
    }
  }
}

/** Takes bodies of lines in the scope of `app`, and no others. */
export function takeNdjson(app: AppInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(contentTypes, { parseAs: 'buffer', bodyLimit: maxBytes }, (_request, bytes, done) =>
    done(null, new NdjsonBody(bytes as Buffer)),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
