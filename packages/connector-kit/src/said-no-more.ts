/** What is kept as the reason where a provider says no more than that a message did not arrive. */
export const saidNoMore = 'The provider reports that the message did not arrive.';
