import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerAsSns } from '../doubles/aws-sns-topic.ts';
import { reportingProviders, startReporting } from '../end-to-end/reporting-providers.ts';
import { platform } from '../setup/platform.ts';
import { looks, type SectionRig, startSectionRig } from './section-rig.ts';

let rig: SectionRig;
beforeAll(async () => {
  rig = await startSectionRig({}, { fetch: answerAsSns(platform.fetch).fetch });
});
afterAll(() => rig.close());

type Provider = Awaited<ReturnType<typeof startReporting>>;
type Message = Awaited<ReturnType<Provider['send']>>;
type Sent = { provider: Provider; arrived: Message; lost: Message };

/** Sends two codes by each provider. */
async function sendByAll(): Promise<Sent[]> {
  const sent: Sent[] = [];
  for (const name of reportingProviders) {
    const provider = await startReporting(rig.server, name);
    sent.push({ provider, arrived: await provider.send(), lost: await provider.send() });
  }
  return sent;
}

test('what each provider reports is seen in the list and on the Overview without a reload', async () => {
  const sent = await sendByAll();
  const list = await rig.open('messages');
  await list.getByLabel('Rows on a page').selectOption('50 rows');
  const overview = await rig.open('overview', looks[1]?.[1]);
  const outcomeOf = ({ id }: Message) =>
    list
      .locator('tbody tr', { has: list.locator(`a[href*="${id}"]`) })
      .locator('[data-outcome]')
      .getAttribute('data-outcome');
  const outcomes = () =>
    Promise.all(sent.map(({ arrived, lost }) => Promise.all([outcomeOf(arrived), outcomeOf(lost)])));
  const all = (arrived: string, lost: string) => sent.map(() => [arrived, lost]);
  const delivered = overview.getByRole('listitem').filter({ hasText: '送达' });
  await expect.poll(outcomes).toEqual(all('accepted', 'accepted'));
  await delivered.filter({ hasText: '0 (0.0%)' }).waitFor();
  for (const { provider, arrived } of sent) expect(await provider.report(arrived, 'delivered')).toBe(200);
  await expect.poll(outcomes).toEqual(all('delivered', 'accepted'));
  await delivered.filter({ hasText: `${sent.length} (50.0%)` }).waitFor();
  for (const { provider, lost } of sent) expect(await provider.report(lost, 'undelivered')).toBe(200);
  await expect.poll(outcomes).toEqual(all('delivered', 'undelivered'));
  await Promise.all(sent.map(({ provider }) => provider.close()));
});

test('a connector says for how many messages nothing has been reported, and that something has, without a reload', async () => {
  const provider = await startReporting(rig.server, 'tencent');
  const message = await provider.send();
  const [{ id }] = (await rig.server.management.get('/connectors')).body;
  const page = await rig.open(`connectors/${id}`);
  await page.getByText('None has come yet, for 1 message.').waitFor();
  await provider.report(message, 'delivered');
  await page.getByText('The last one came').waitFor();
  await provider.close();
});
