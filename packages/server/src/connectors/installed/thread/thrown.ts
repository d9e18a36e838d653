import type { Thrown } from './protocol.ts';

const maxTextLength = 10_000;
const maxFrames = 6;

/** Puts whatever was thrown into words. Nothing about it can be trusted: it may be no error, or throw when looked at. */
export function describeThrown(thrown: unknown): Thrown {
  const isObject = (typeof thrown === 'object' && thrown !== null) || typeof thrown === 'function';
  if (!isObject) return { name: 'Error', message: textOf(() => thrown), frames: [] };
  const read = (key: string) => textOf(() => (thrown as Record<string, unknown>)[key]);
  const readCause = (key: string) => textOf(() => (thrown as { cause: Record<string, unknown> }).cause[key]);
  const code = read('code') || readCause('code');
  const data = dataOf(() => (thrown as { data?: unknown }).data);
  return {
    name: read('name') || 'Error',
    // What `fetch` throws says only that it failed.
    message: (!read('code') && code && readCause('message')) || read('message'),
    frames: framesOf(read('stack')),
    ...(code && { code }),
    ...(data !== undefined && { data }),
  };
}

function textOf(read: () => unknown): string {
  try {
    const value = read();
    return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, maxTextLength) : '';
  } catch {
    return '';
  }
}

function dataOf(read: () => unknown): unknown {
  try {
    const json = JSON.stringify(read());
    return json === undefined || json.length > maxTextLength ? undefined : JSON.parse(json);
  } catch {
    return undefined;
  }
}

function framesOf(stack: string): string[] {
  return stack
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, maxFrames);
}
