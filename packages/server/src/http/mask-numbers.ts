import { maskEmailsIn, maskPhone, maskPhonesIn } from '@sesame/connector-kit';

const phoneKey = /phone|mobile|recipient|^to$|^tel/i;
/** What callers keep there is theirs: a number may be a number. Elsewhere it is a time or a count. */
const freeKey = /^(customData|error)$/;

/**
 * A text, or the text of a JSON document, with every phone number and every email address in it masked.
 * @example maskNumbers('{"phone":"+8613800138000"}', true) // '{"phone":"+86 ••• 00"}'
 */
export function maskNumbers(text: string, isJson: boolean): string {
  return isJson ? JSON.stringify(maskValue(JSON.parse(text), '')) : maskIn(text);
}

const maskIn = (text: string) => maskPhonesIn(maskEmailsIn(text));

function maskValue(value: unknown, key: string, isFree = false): unknown {
  const isFreeNow = isFree || freeKey.test(key);
  if (Array.isArray(value)) return value.map((each) => maskValue(each, key, isFreeNow));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [maskIn(name), maskValue(each, name, isFreeNow)]),
    );
  }
  if (phoneKey.test(key) && /^[^@]*\p{Nd}[^@]*$/u.test(String(value))) return maskPhone(String(value));
  if (typeof value === 'number' && isFreeNow) {
    const masked = maskIn(String(value));
    return masked === String(value) ? value : masked;
  }
  return typeof value === 'string' ? maskIn(value) : value;
}
