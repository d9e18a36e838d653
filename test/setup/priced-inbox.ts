import type { Services } from '../../packages/server/src/services.ts';

/** Has messages of the development inbox cost what they would cost where they went out. */
export const priceInbox = ({ prices }: Pick<Services, 'prices'>) =>
  prices.change({ connectors: { 'development-inbox': 1 } });
