import { type ListSearch, readListSearch, readTexts } from '../../lists/list-search.ts';
import { oneOfNamed } from '../../shell/address.ts';

/** What is decided other than to let a send go. */
export const decisions = ['refuse', 'check'] as const;
const enforced = ['true', 'false'] as const;

/** What the list of decisions has in its address. */
export type DecisionSearch = ListSearch & {
  country?: string;
  range?: string;
  network?: string;
  decision?: (typeof decisions)[number];
  isEnforced?: (typeof enforced)[number];
};

/** Reads it from an address; what is none of it is left out. */
export const readDecisionSearch = (search: Record<string, unknown>): DecisionSearch => ({
  ...readTexts(search, ['country', 'range', 'network']),
  ...oneOfNamed('decision', decisions, search),
  ...oneOfNamed('isEnforced', enforced, search),
  ...readListSearch(search),
});
