import type { FailureKind } from '@sesame/connector-kit';
import type { PlivoConfig } from './config.ts';

/** What one of Plivo's refusals means to an administrator. */
export type Refusal = {
  kind: FailureKind;
  meaning: string;
  fields?: readonly (keyof PlivoConfig)[];
  /** Plivo did not process the request. */
  retry?: true;
};

/** What is said of a recipient that Plivo does not take. */
export const notANumber: Refusal = { kind: 'recipient', meaning: 'The recipient is not a valid phone number.' };

/**
 * Words that tell more than the HTTP status, in lower case. Plivo's refusals have no codes of their own; those of its
 * logs come after a message was accepted.
 */
export const refusalsByWords: ReadonlyMap<string, Refusal> = new Map([
  [
    'insufficient credit',
    { kind: 'configuration', meaning: 'The account has no credit left; top it up. Plivo takes up to two minutes.' },
  ],
  [
    'verified',
    {
      kind: 'configuration',
      meaning: 'Something has to be verified first: on a trial account, the number of the recipient.',
    },
  ],
]);

/**
 * What each HTTP status means; 408 and those of 500 and more are unclear.
 * @see https://www.plivo.com/docs/account/api/overview
 */
export const refusalsByStatus: ReadonlyMap<number, Refusal> = new Map([
  [400, { kind: 'configuration', meaning: 'A parameter is missing or not valid; the words of Plivo tell which.' }],
  [
    401,
    {
      kind: 'configuration',
      meaning: 'Plivo did not accept the Auth ID and the Auth Token.',
      fields: ['authId', 'authToken'],
    },
  ],
  [
    403,
    {
      kind: 'configuration',
      meaning: 'Messages to this country are switched off: Plivo console, Messaging, Settings, Geo Permissions.',
    },
  ],
  [
    404,
    {
      kind: 'configuration',
      meaning: 'There is no such account or Powerpack.',
      fields: ['authId', 'powerpackUuid', 'endpoint'],
    },
  ],
  [405, { kind: 'configuration', meaning: 'This is not the address of the Message API.', fields: ['endpoint'] }],
  [429, { kind: 'limit', meaning: 'Too many requests at once; Plivo did not process this one.', retry: true }],
]);
