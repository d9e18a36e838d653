const [parse, describe, bind, execute, sync] = [...'PDBES'].map((letter) => letter.charCodeAt(0)) as [
  ...[number, number, number, number, number],
];
const leastBytes = 1024;

/**
 * Messages to PostgreSQL, one behind the other, so that the socket gets them as one piece. Everything is text, and there
 * is one statement and one portal without a name.
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export class Messages {
  #bytes = Buffer.allocUnsafe(leastBytes);
  #end = 0;

  parse(name: string, sql: string): void {
    const start = this.#begin(parse);
    this.#name(name);
    this.#name(sql);
    this.#number16(0);
    this.#finish(start);
  }

  /**
   * @param describes whether PostgreSQL says what the rows look like
   * @throws TypeError for a value that is an object, but for buffers and lists of texts and numbers
   */
  run(name: string, values: readonly unknown[], describes: boolean): void {
    const start = this.#begin(bind);
    this.#name('');
    this.#name(name);
    this.#number16(0);
    this.#number16(values.length);
    for (const value of values) this.#value(value);
    this.#number16(0);
    this.#finish(start);
    if (describes) this.#describe();
    const executing = this.#begin(execute);
    this.#name('');
    this.#number32(0);
    this.#finish(executing);
  }

  /** @returns everything, with the message that ends a transaction which nobody has begun */
  end(): Buffer {
    this.#finish(this.#begin(sync));
    return this.#bytes.subarray(0, this.#end);
  }

  #describe(): void {
    const start = this.#begin(describe);
    this.#name('P');
    this.#finish(start);
  }

  /** @returns where the length of the message stands */
  #begin(type: number): number {
    this.#makeRoom(5);
    this.#bytes[this.#end] = type;
    this.#end += 5;
    return this.#end - 4;
  }

  #finish(start: number): void {
    this.#bytes.writeInt32BE(this.#end - start, start);
  }

  #name(text: string): void {
    this.#text(text);
    this.#makeRoom(1);
    this.#bytes[this.#end] = 0;
    this.#end += 1;
  }

  #value(value: unknown): void {
    if (value === null || value === undefined) this.#number32(-1);
    else {
      const start = this.#end;
      this.#number32(0);
      this.#text(textOf(value));
      this.#bytes.writeInt32BE(this.#end - start - 4, start);
    }
  }

  #text(text: string): void {
    this.#makeRoom(3 * text.length);
    this.#end += this.#bytes.write(text, this.#end);
  }

  #number16(value: number): void {
    this.#makeRoom(2);
    this.#end = this.#bytes.writeUInt16BE(value, this.#end);
  }

  #number32(value: number): void {
    this.#makeRoom(4);
    this.#end = this.#bytes.writeInt32BE(value, this.#end);
  }

  #makeRoom(bytes: number): void {
    const needed = this.#end + bytes;
    if (needed <= this.#bytes.length) return;
    const before = this.#bytes;
    this.#bytes = Buffer.allocUnsafe(Math.max(needed, 2 * before.length));
    before.copy(this.#bytes, 0, 0, this.#end);
  }
}

function textOf(value: unknown): string {
  if (typeof value !== 'object') return String(value);
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`;
  if (!Array.isArray(value)) throw new TypeError('No parameter of a statement is an object of another kind.');
  return `{${value.map(elementOf).join()}}`;
}

function elementOf(value: string | number | null): string {
  if (value === null) return 'NULL';
  return typeof value === 'string'
    ? `"${/["\\]/.test(value) ? value.replaceAll(/["\\]/g, '\\$&') : value}"`
    : `${value}`;
}
