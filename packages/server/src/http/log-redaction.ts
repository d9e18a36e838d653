const redacted = '[redacted]';

/** Keys whose values may be secret, written in any style. `text` is what an SMS says. */
const secretKeys =
  /password|secret|token|authorization|cookie|apikey|accesskey|privatekey|jwk|digest|^(verification)?code$|^config$|^(request)?body$|^payload$|^variables$|^text$/;
const phoneKeys = /^(recipient|to|phone|phonenumber)$/;

/** Secrets and numbers inside of sentences and URLs. */
const secretsInText: [RegExp, string | ((match: string) => string)][] = [
  [/\+[1-9]\d{6,14}(?!\d)/g, maskPhone],
  [/%2B[1-9]\d{6,14}(?!\d)/gi, (match) => maskPhone(`+${match.slice(3)}`)],
  [/\b(Bearer|Basic) +[\w.~+/=-]+/gi, `$1 ${redacted}`],
  [/:\/\/[^/?#\s"@]*@/g, `://${redacted}@`],
  [/("[\w-]*(?:code|token|secret|password|cookie|config)"\s*:\s*)(?:"(?:[^"\\]|\\.)*"|\d+)/gi, `$1"${redacted}"`],
  [/([?&][\w-]*(?:code|token|secret|password|hint|phone|key)[\w-]*=)[^&#\s"]*/gi, `$1${redacted}`],
];

/**
 * A phone number of which at most the first five and the last four digits are left.
 * @example maskPhone('+8613800138000') // '+86138****8000'
 */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  const end = Math.min(4, Math.floor(digits.length / 3));
  const start = Math.max(0, Math.min(5, digits.length - end - 4));
  return `${phone.startsWith('+') ? '+' : ''}${digits.slice(0, start)}****${digits.slice(digits.length - end)}`;
}

/** A copy of a JSON value without secrets at any depth, phone numbers masked. */
export function redact(value: unknown, key = ''): unknown {
  const name = key.toLowerCase().replace(/[^a-z]/g, '');
  if (typeof value === 'object' && value !== null && !secretKeys.test(name)) {
    return Array.isArray(value) ? value.map((item) => redact(item, key)) : redactEntries(value);
  }
  if (value === null || typeof value === 'boolean') return value;
  if (secretKeys.test(name)) return redacted;
  if (phoneKeys.test(name)) return maskPhone(String(value));
  return typeof value === 'string' ? redactText(value) : value;
}

function redactEntries(value: object): unknown {
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, redact(each, key)]));
}

function redactText(text: string): string {
  return secretsInText.reduce((left, [pattern, replacement]) => left.replace(pattern, replacement as string), text);
}
