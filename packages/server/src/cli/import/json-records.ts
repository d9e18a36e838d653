import { CommandError } from '../command-error.ts';
import type { SourceRecord } from './source.ts';

const maxRecordLength = 1024 * 1024;
const [quote, backslash, newline] = [34, 92, 10];
const openings = new Set([91, 123]);
const closings = new Set([93, 125]);
const openObject = 123;

/** How deep the users are: one a line, in an array, or in an array of an object such as `{"users": […]}`. */
function depthOf(text: string): number {
  if (/^\s*\{\s*"[^"]*"\s*:\s*\[/.test(text)) return 2;
  return /^\s*\[/.test(text) ? 1 : 0;
}

/**
 * The objects of a JSON file as they come, each with the line that it begins in, so that a file may be of any size. What
 * is not JSON is `undefined`. Parsers that stream tokens lose the lines, and take ten times as long.
 * @throws CommandError for a file that ends in the middle
 */
export async function* jsonRecords(
  texts: AsyncIterable<string>,
): AsyncGenerator<{ line: number; value: SourceRecord | undefined }> {
  let level: number | undefined;
  let [line, begin, depth] = [1, 1, 0];
  let [inText, isEscaped, inRecord] = [false, false, false];
  let held = '';
  for await (const text of texts) {
    level ??= depthOf(text);
    let start = 0;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code === newline) line += 1;
      if (inText) {
        if (isEscaped) isEscaped = false;
        else if (code === backslash) isEscaped = true;
        else if (code === quote) inText = false;
      } else if (code === quote) {
        inText = true;
      } else if (openings.has(code)) {
        if (code === openObject && depth === level) [start, begin, inRecord] = [index, line, true];
        depth += 1;
      } else if (closings.has(code)) {
        depth -= 1;
        if (!inRecord || depth !== level) continue;
        yield { line: begin, value: parse(held + text.slice(start, index + 1)) };
        [held, inRecord] = ['', false];
      }
    }
    if (inRecord) held += text.slice(start);
    if (held.length > maxRecordLength) throw new CommandError(`The record that begins in line ${begin} is too large.`);
  }
  if (depth !== 0 || inText)
    throw new CommandError(`The file ends in the middle, after line ${begin}. Is it complete?`);
}

function parse(text: string): SourceRecord | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
