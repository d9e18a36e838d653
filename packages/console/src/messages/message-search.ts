import { pageNumberIn } from '../lists/paging.ts';

/** What a message can come to. */
export const messageStates = [
  'sending',
  'accepted',
  'delivered',
  'undelivered',
  'failed',
  'unclear',
  'suppressed',
] as const;
export type MessageState = (typeof messageStates)[number];

/** The filters of the list, as they stand in the address. */
export type MessageFilters = {
  state?: MessageState;
  phone?: string;
  usageType?: string;
  country?: string;
  connector?: string;
};
export type MessageSearch = MessageFilters & { page?: number };

/** Reads the filters from an address; what is none of them is left out. */
export function readMessageSearch(search: Record<string, unknown>): MessageSearch {
  const state = messageStates.find((each) => each === search.state);
  const phone = textIn(search.phone);
  const usageType = textIn(search.usageType);
  const country = textIn(search.country);
  const connector = textIn(search.connector);
  const page = pageNumberIn(search.page);
  return {
    ...(state && { state }),
    ...(phone && { phone }),
    ...(usageType && { usageType }),
    ...(country && { country }),
    ...(connector && { connector }),
    ...(page && { page }),
  };
}

/** A number written without the plus arrives as a number. */
const textIn = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : undefined);

/** A phone number as it was typed, without what only parts its digits, and with the plus. */
export function phoneAsTyped(typed: string): string | undefined {
  const bare = typed.replace(/[\s().-]/g, '');
  if (bare === '') return undefined;
  return /^\d/.test(bare) ? `+${bare}` : bare;
}
