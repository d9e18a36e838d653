import { Metadata, type PhoneNumber, type PhoneNumberType } from 'libphonenumber-js/max';
import { remember } from './remember.ts';

/** What the library knows of a numbering plan and leaves out of its types. */
type NumberingPlan = {
  nationalNumberPattern: () => string;
  type: (type: PhoneNumberType) => { pattern: () => string; possibleLengths: () => number[] } | undefined;
};

/** Beside those of fixed lines, in the order in which they count. */
const otherTypes: PhoneNumberType[] = [
  'MOBILE',
  'PREMIUM_RATE',
  'TOLL_FREE',
  'SHARED_COST',
  'VOIP',
  'PERSONAL_NUMBER',
  'PAGER',
  'UAN',
  'VOICEMAIL',
];

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);

/** Of a country, or of a calling code of no country: what its numbers look like, and those of each type that it has. */
const planOf = remember(400, (place: string) => {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(place as Parameters<Metadata['selectNumberingPlan']>[0]);
  const plan = metadata as unknown as NumberingPlan;
  const rangeOf = (type: PhoneNumberType) => {
    const range = plan.type(type);
    return range?.pattern() ? { type, lengths: range.possibleLengths(), pattern: whole(range.pattern()) } : undefined;
  };
  const others = otherTypes.flatMap((type) => rangeOf(type) ?? []);
  return {
    numbers: whole(plan.nationalNumberPattern()),
    fixed: rangeOf('FIXED_LINE'),
    mobile: others.find(({ type }) => type === 'MOBILE'),
    others,
  };
});

/**
 * What kind of number it is, as `getType` of the library tells it. That compiles the patterns of the country anew for each
 * number, which costs more than all the rest of reading one: here they are kept.
 * @returns `undefined` for a number in no published range
 */
export function typeOf({ country, countryCallingCode, nationalNumber }: PhoneNumber): PhoneNumberType | undefined {
  const { numbers, fixed, mobile, others } = planOf(country ?? countryCallingCode);
  const isIn = (range: typeof fixed): boolean =>
    range?.lengths.includes(nationalNumber.length) === true && range.pattern.test(nationalNumber);
  if (!numbers.test(nationalNumber)) return undefined;
  if (isIn(fixed)) return mobile === undefined || isIn(mobile) ? 'FIXED_LINE_OR_MOBILE' : 'FIXED_LINE';
  return others.find(isIn)?.type;
}
