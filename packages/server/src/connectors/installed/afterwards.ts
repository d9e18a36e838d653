import type { Afterwards } from '@sesame/connector-kit';
import { readAskedFor } from './read-reports.ts';
import type { AfterwardsAnswer, AfterwardsCall } from './thread/protocol.ts';

/** Asks the connector in its thread, with its configuration; the answer is JSON. @throws ConnectorError */
type Ask = (call: Omit<AfterwardsCall, 'config'>) => Promise<string>;

/**
 * What an installed connector asks and tells its provider later, as its configuration wishes; each in its thread.
 * @throws ConnectorError
 */
export async function readAfterwards(ask: Ask, hide: (text: string) => string): Promise<Afterwards> {
  const answerTo = async (call: Parameters<Ask>[0]) => JSON.parse(await ask(call)) as AfterwardsAnswer;
  const reportsOf = async (step: keyof Afterwards, message?: unknown) => {
    const answer = await answerTo({ step, message });
    return readAskedFor('reports' in answer && answer.reports, hide);
  };
  const answer = await answerTo({});
  const offers = new Set('offers' in answer ? answer.offers : []);
  return {
    ...(offers.has('askOutcome') && { askOutcome: (message) => reportsOf('askOutcome', message) }),
    ...(offers.has('askPrice') && { askPrice: (message) => reportsOf('askPrice', message) }),
    ...(offers.has('collectReports') && { collectReports: () => reportsOf('collectReports') }),
    ...(offers.has('tellVerified') && {
      tellVerified: async (message) => void (await answerTo({ step: 'tellVerified', message })),
    }),
  };
}
