import type { paths } from '../api/schema.d.ts';

/** What a message came to. */
export type Outcome = paths['/api/messages/{id}']['get']['responses'][200]['content']['application/json']['outcome'];

/** Every outcome, in the order of the way of a message; the API has the same. */
const names: Record<Outcome, true> = {
  sending: true,
  accepted: true,
  delivered: true,
  verified: true,
  undelivered: true,
  failed: true,
  unclear: true,
  suppressed: true,
};
export const outcomes = Object.keys(names) as Outcome[];
