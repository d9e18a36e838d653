import { api, unwrap } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';

/** The policies as the API tells them. */
export type Policies = paths['/api/sign-in-exp']['get']['responses'][200]['content']['application/json'];
type CodePolicy = Policies['verificationCodePolicy'];
type LimitPolicy = Policies['messageRateLimitPolicy'];

/** The policies as the form holds them: a field that is empty holds an empty text. */
export type PolicyValues = Record<keyof CodePolicy | keyof LimitPolicy, number | string>;

/** The fields of codes, in their order. */
export const codeFields = [
  'codeLength',
  'expirationDuration',
  'maxRetryAttempts',
] as const satisfies (keyof CodePolicy)[];
/** The fields of limits, in their order. */
export const limitFields = [
  'resendInterval',
  'sendWindow',
  'maxSendsPerRecipient',
  'maxSendsPerAddress',
  'maxSendsTotal',
] as const satisfies (keyof LimitPolicy)[];

const mayBeEmpty = new Set<string>(['maxSendsPerRecipient', 'maxSendsPerAddress', 'maxSendsTotal']);

/** Whether an empty field means that there is no limit. */
export const isOptional = (field: string): boolean => mayBeEmpty.has(field);

/** What the form starts from. */
export function valuesOf({ verificationCodePolicy, messageRateLimitPolicy }: Policies): PolicyValues {
  const entries = Object.entries({ ...verificationCodePolicy, ...messageRateLimitPolicy });
  return Object.fromEntries(entries.map(([field, value]) => [field, value ?? ''])) as PolicyValues;
}

/** The first field that is empty but may not be. */
export function findMissing(values: PolicyValues): string | undefined {
  return [...codeFields, ...limitFields].find((field) => values[field] === '' && !isOptional(field));
}

/** Saves what the form holds. @throws ApiError `guard.invalid_input` with the fields at fault */
export function savePolicies(values: PolicyValues): Promise<Policies> {
  const pick = (fields: readonly (keyof PolicyValues)[]) =>
    Object.fromEntries(fields.map((field) => [field, values[field] === '' ? null : values[field]]));
  const body = { verificationCodePolicy: pick(codeFields), messageRateLimitPolicy: pick(limitFields) };
  return unwrap(api.PATCH('/api/sign-in-exp', { body }));
}
