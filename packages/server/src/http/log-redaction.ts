import { maskEmailsIn, maskPhone, maskPhonesIn } from '@sesame/connector-kit';

const redacted = '[redacted]';

/** Keys whose values may be secret, written in any style. `text` is what an SMS says. */
const secretKeys =
  /password|secret|token|authorization|cookie|apikey|accesskey|privatekey|jwk|digest|^(verification)?code$|^config$|^(request)?body$|^payload$|^variables$|^text$/;
const phoneKeys = /^(recipient|to|phone|phonenumber)$/;
/** What a provider said: it may quote the number in any spelling. */
const providerKeys = /^providermessage$/;

/** Secrets, numbers and addresses inside of sentences and URLs. */
const secretsInText: [RegExp, string | ((match: string) => string)][] = [
  [/\+[1-9]\d{6,14}(?!\d)/g, (match) => maskPhone(match)],
  [/%2B[1-9]\d{6,14}(?!\d)/gi, (match) => maskPhone(`+${match.slice(3)}`)],
  [/\b(Bearer|Basic) +[\w.~+/=-]+/gi, `$1 ${redacted}`],
  [/:\/\/[^/?#\s"@]*@/g, `://${redacted}@`],
  [/("[\w-]*(?:code|token|secret|password|cookie|config)"\s*:\s*)(?:"(?:[^"\\]|\\.)*"|\d+)/gi, `$1"${redacted}"`],
  [/([?&][\w-]*(?:code|token|secret|password|hint|phone|email|key)[\w-]*=)[^&#\s"]*/gi, `$1${redacted}`],
  // After the names and passwords of URLs.
  [/[^\s@]{1,256}@\S+/g, maskEmailsIn],
];

/** A copy of a JSON value without secrets at any depth, phone numbers masked. */
export function redact(value: unknown, key = ''): unknown {
  const name = key.toLowerCase().replace(/[^a-z]/g, '');
  if (typeof value === 'object' && value !== null && !secretKeys.test(name)) {
    return Array.isArray(value) ? value.map((item) => redact(item, key)) : redactEntries(value);
  }
  if (value === null || typeof value === 'boolean') return value;
  if (secretKeys.test(name)) return redacted;
  if (phoneKeys.test(name) && !String(value).includes('@')) return maskPhone(String(value));
  if (typeof value !== 'string') return value;
  return redactText(providerKeys.test(name) ? maskPhonesIn(value) : value);
}

function redactEntries(value: object): unknown {
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, redact(each, key)]));
}

function redactText(text: string): string {
  return secretsInText.reduce((left, [pattern, replacement]) => left.replace(pattern, replacement as string), text);
}
