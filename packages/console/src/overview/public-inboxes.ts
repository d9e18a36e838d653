import type { Connector } from '../api/connectors.ts';

/** The channels whose codes go to the development inbox, on a server that others can reach, as https says. */
export const publicInboxes = (
  connectors: readonly Pick<Connector, 'type' | 'state' | 'isDemo'>[],
  { protocol }: Pick<Location, 'protocol'>,
): Connector['type'][] =>
  protocol === 'https:'
    ? connectors.filter(({ isDemo, state }) => isDemo && state === 'live').map(({ type }) => type)
    : [];
