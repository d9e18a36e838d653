/** Where a text stops being JSON; lines and columns count from 1. */
export type JsonProblem = { line: number; column: number; offset: number; reason: JsonFault };

/** Why a text is not JSON, as far as engines agree. */
export type JsonFault = 'end' | 'string' | 'escape' | 'after' | 'token';

/** Says where and why a text is not JSON; `undefined` when it is. */
export function findJsonProblem(text: string): JsonProblem | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const { message } = error as SyntaxError;
    const offset = Math.min(offsetIn(message, text), text.length);
    const before = text.slice(0, offset).split('\n');
    return { offset, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, reason: faultIn(message) };
  }
}

/** JSON as a person edits it. */
export const toText = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value, null, 2));

/** Engines name the place by offset (V8) or by line and column (Firefox), or say that the text ended too early. */
function offsetIn(message: string, text: string): number {
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return Number(position);
  const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
  if (line === undefined) return text.trimEnd().length;
  const linesBefore = text.split('\n').slice(0, Number(line) - 1);
  return linesBefore.reduce((sum, { length }) => sum + length + 1, 0) + Number(column) - 1;
}

const faults: [JsonFault, RegExp][] = [
  ['string', /unterminated string|control character|unescaped/i],
  ['escape', /escape/i],
  ['end', /unexpected end|end of (data|input)|EOF/i],
  ['after', /after JSON|trailing|non-whitespace/i],
];

/** Engines word it each in its own way, and in English. */
const faultIn = (message: string): JsonFault => faults.find(([, words]) => words.test(message))?.[0] ?? 'token';
