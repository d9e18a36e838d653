import { contentTemplatesGuard, endpointOr, optionalText, requiredText } from '@sesame/connector-kit';
import { z } from 'zod';

/** Where Plivo's API is unless the configuration names another base URL. */
export const defaultEndpoint = 'https://api.plivo.com';

/** As Plivo's own SDKs check it. */
const authId = /^[MS]A[A-Z\d]{18}$/;
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const number = /^\d{3,14}$/;
const name = /^(?=.*[A-Za-z])[A-Za-z0-9]{1,11}$/;

/** Plivo wants numbers without the plus, and leaves out everything of a name that is no letter or digit. */
function toSender(value: string): string {
  return /^\+?[\d\s().-]+$/.test(value) ? value.replace(/\D/g, '') : value.replace(/[\s_-]/g, '');
}

const senderGuard = z
  .string()
  .trim()
  .transform(toSender)
  .refine(
    (value) => !value || number.test(value) || name.test(value),
    'Give a number with its country code, a short code, or a name of at most 11 letters and digits.',
  )
  .transform((value) => value || undefined)
  .optional();

/** Configuration of the connector; `src` is as Plivo wants it once checked. */
export const configGuard = z
  .object({
    authId: requiredText('Give the Auth ID.').refine(
      (value) => value === '' || authId.test(value),
      'The Auth ID is MA, or SA for a subaccount, and 18 capital letters and digits: copy it from the Plivo console.',
    ),
    authToken: requiredText('Give the Auth Token.'),
    powerpackUuid: optionalText.refine(
      (value) => value === undefined || uuid.test(value),
      'Give the UUID of the Powerpack, as the Plivo console shows it.',
    ),
    src: senderGuard,
    endpoint: endpointOr(defaultEndpoint),
    templates: contentTemplatesGuard,
  })
  .refine(({ src, powerpackUuid }) => src || powerpackUuid, {
    path: ['src'],
    message: 'Give a sender, or a Powerpack UUID.',
    when: isObject,
  })
  .refine(({ src, powerpackUuid }) => !src || !powerpackUuid, {
    path: ['powerpackUuid'],
    message: 'Give a sender or a Powerpack UUID, not both: Plivo refuses that.',
    when: isObject,
  });

/** So that everything that is missing is told at once, not only after the other fields are right. */
function isObject({ value }: { value: unknown }): boolean {
  return typeof value === 'object' && value !== null;
}

/** A configuration that was checked. */
export type PlivoConfig = z.output<typeof configGuard>;
