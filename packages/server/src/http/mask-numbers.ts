import { maskPhone } from './log-redaction.ts';

/** Ids (UUIDs) and dates stay; other runs of digits as long as a phone number (E.164) may be one, however it is written. */
const kept = String.raw`[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d[\d:.Z]*)?`;
const withPlus = String.raw`\+ ?\(?\d(?:[ ().\/-]{0,2}\d){5,14}`;
const bare = String.raw`(?<!\w)\(?\d(?:[ ()\/-]{0,2}\d){6,14}(?!\w)`;
const numbers = new RegExp(`(${kept})|${withPlus}|${bare}`, 'gi');
const phoneKey = /phone|mobile|recipient|^to$|^tel/i;

/**
 * A text, or the text of a JSON document, with every phone number in it masked.
 * @example maskNumbers('{"phone":"+8613800138000"}', true) // '{"phone":"+86138****8000"}'
 */
export function maskNumbers(text: string, isJson: boolean): string {
  return isJson ? JSON.stringify(maskValue(JSON.parse(text), '')) : maskText(text);
}

function maskValue(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((each) => maskValue(each, key));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [maskText(name), maskValue(each, name)]));
  }
  if (phoneKey.test(key) && /\d/.test(String(value))) return maskPhone(String(value));
  return typeof value === 'string' ? maskText(value) : value;
}

const maskText = (text: string): string =>
  text.replace(numbers, (found, isKept: string | undefined) => (isKept === undefined ? maskPhone(found) : found));
