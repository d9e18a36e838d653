/** What a message of one part to a country costs, in US$, by the list that is shipped. */
export { listPriceOf as priceOf } from '../../packages/server/src/protection/money/price-list.ts';
