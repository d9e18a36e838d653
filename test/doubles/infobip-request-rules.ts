/** What is wrong with one property of a request, as Infobip tells it. */
export type Violation = { property: string; violation: string };

/** A request for new messages that kept the rules. */
export type SmsRequest = {
  messages: {
    sender?: string;
    destinations: { to: string; messageId?: string }[];
    content: { text: string };
    options?: { validityPeriod?: { amount: number; timeUnit?: 'SECONDS' | 'MINUTES' | 'HOURS' } };
    webhooks?: { delivery?: { url?: string } };
  }[];
};

type Rule = (value: unknown, property: string) => Violation[];

/**
 * Every way in which a body is not a request as Infobip's OpenAPI document (3.210.0) has it. It knows only the
 * properties that a verification code needs; any other one is a violation.
 */
export function faultsOf(body: unknown): Violation[] {
  return request(body, '');
}

/** Rules of properties that must be there. */
const isRequired = new WeakSet<Rule>();

const request = object({
  messages: required(
    list(
      object({
        sender: text(),
        destinations: required(list(object({ to: required(text(64)), messageId: text(200) }))),
        content: required(object({ text: required(text()) })),
        options: object({
          validityPeriod: object({ amount: required(wholeNumber), timeUnit: oneOf('SECONDS', 'MINUTES', 'HOURS') }),
        }),
        webhooks: object({
          delivery: object({ url: address, contentType: oneOf('application/json', 'application/xml') }),
          callbackData: text(4000),
        }),
      }),
    ),
  ),
});

function object(rules: Record<string, Rule>): Rule {
  return (value, property) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return fault(property, 'must be an object');
    const nameOf = (key: string) => (property ? `${property}.${key}` : key);
    const unknown = Object.keys(value).filter((key) => !Object.hasOwn(rules, key));
    return [
      ...unknown.flatMap((key) => fault(nameOf(key), 'is not known')),
      ...Object.entries(rules).flatMap(([key, rule]) => {
        const isGiven = Object.hasOwn(value, key);
        return isGiven || isRequired.has(rule) ? rule((value as Record<string, unknown>)[key], nameOf(key)) : [];
      }),
    ];
  };
}

function required(rule: Rule): Rule {
  const strict: Rule = (value, property) =>
    value === undefined ? fault(property, 'must not be null') : rule(value, property);
  isRequired.add(strict);
  return strict;
}

function list(rule: Rule): Rule {
  return (value, property) => {
    if (!Array.isArray(value) || value.length === 0) return fault(property, 'must be a list that is not empty');
    return value.flatMap((item, index) => rule(item, `${property}[${index}]`));
  };
}

function text(maxLength = Number.POSITIVE_INFINITY): Rule {
  return (value, property) => {
    if (typeof value !== 'string') return fault(property, 'must be a string');
    return value.length > maxLength ? fault(property, `size must be between 0 and ${maxLength}`) : [];
  };
}

function address(value: unknown, property: string): Violation[] {
  const isRight = typeof value === 'string' && URL.parse(value)?.protocol.startsWith('http') === true;
  return isRight ? [] : fault(property, 'must be an absolute URL');
}

function oneOf(...values: string[]): Rule {
  return (value, property) =>
    values.includes(String(value)) ? [] : fault(property, `must be one of ${values.join(', ')}`);
}

function wholeNumber(value: unknown, property: string): Violation[] {
  return Number.isInteger(value) && Number(value) > 0 ? [] : fault(property, 'must be a positive whole number');
}

function fault(property: string, violation: string): Violation[] {
  return [{ property, violation }];
}
