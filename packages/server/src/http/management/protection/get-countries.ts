import { z } from 'zod';
import type { FraudPolicy } from '../../../experience/fraud-policy.ts';
import { countMessages } from '../../../messaging/figures.ts';
import { servesCountry } from '../../../protection/guard.ts';
import { allCaps, type CapUse, periods, usesOf, warningShare } from '../../../protection/money/caps.ts';
import { priceOfPart } from '../../../protection/money/prices.ts';
import type { Services } from '../../../services.ts';
import { countCosts } from '../../../store/cost-figures.ts';
import { countDecisions, type DecisionCount } from '../../../store/guard-decisions.ts';
import { listSpendings } from '../../../store/spendings.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { costFields, moneyOf, moneySchema, sumOfCosts, tags } from './protection-schemas.ts';

const hourMs = 3_600_000;
const maxHours = 24 * 7;

const states = ['closed', 'capped', 'attacked', 'guarded', 'open'] as const;

const capSchema = z.object({
  period: z.enum(periods),
  country: z.string().nullable().describe('Null for the cap on all.'),
  messages: z.int(),
  maxMessages: z.int().nullable(),
  cost: moneySchema,
  maxCost: moneySchema.nullable(),
  share: z.number().describe('The larger part that is used up of the two; 1 where one is full.'),
  state: z
    .enum(['ok', 'warning', 'full'])
    .describe('`warning` from 80 % on; where it is `full`, only who is known is served.'),
  endsAt: z.int().describe('When the period is over, in milliseconds since the epoch.'),
});

const countrySchema = z.object({
  country: z.string().nullable().describe('Of the numbers (ISO 3166-1 alpha-2); null where they do not tell it.'),
  state: z
    .enum(states)
    .describe(
      '`closed`: not served; `capped`: a cap is full; `attacked`: an attack goes on; `guarded`: something was stopped, or would have been, within the last hour; `open`: nothing of these.',
    ),
  isAttacked: z.boolean().describe('Whether an attack goes on, stopped or not.'),
  requested: z.int(),
  sent: z.int(),
  conversion: z
    .number()
    .nullable()
    .describe('The part of what was sent whose code was typed in; null where nothing was sent.'),
  refused: z.int().describe('Sends that were refused, by whole hours.'),
  checked: z.int().describe('Sends that a human check was asked for, and which did not go out for it.'),
  recorded: z.int().describe('Sends that would have been stopped, where decisions are recorded only.'),
  price: moneySchema.describe('Of one SMS of one part.'),
  ...costFields,
});

type Deps = Pick<Services, 'store' | 'platform' | 'experience' | 'prices' | 'countSpentBefore' | 'attacks'>;

/** `GET /api/protection/countries` */
export function getCountries(app: AppInstance, deps: Deps): void {
  const { store, platform } = deps;
  app.get(
    '/protection/countries',
    {
      config: { role: 'viewer', scope: 'read', holdsNumbers: false },
      schema: {
        tags,
        summary: 'Tell what happens in each country now',
        description:
          'How many codes were sent by SMS in the last hours, what came of them, what they cost, and what was stopped; and how much of the caps is used up. Test messages are left out.',
        querystring: z.object({
          hours: z.coerce.number().int().min(1).max(maxHours).default(24).describe('How far to look back.'),
        }),
        response: {
          200: z.object({
            from: z.int(),
            until: z.int(),
            mode: z.enum(['off', 'record', 'enforce']),
            countries: z
              .array(countrySchema)
              .describe('Those where something happened: what was stopped most comes first.'),
            caps: z.array(capSchema).describe('Every cap, in its current period.'),
          }),
          ...errorResponses('request.too_broad', 'system.too_many_reads'),
        },
      },
    },
    async ({ query: { hours } }) => {
      const until = platform.now();
      const from = until - hours * hourMs;
      const [{ fraudPolicy }, prices, figures, costs, decisions, attacks] = await Promise.all([
        deps.experience.readStored(),
        deps.prices.readStored(),
        countMessages(store, { from, until }),
        countCosts(store, { from, until }),
        countDecisions(store, from),
        deps.attacks.list({ limit: 50 }),
      ]);
      const { currency } = prices;
      const caps = allCaps(fraudPolicy, currency, until);
      await deps.countSpentBefore((await deps.experience.read()).fraudPolicy, caps);
      const uses = usesOf(
        caps,
        await listSpendings(
          store,
          caps.map(({ key }) => key),
        ),
      );
      const attacked = new Set(attacks.filter(({ isOver }) => !isOver).map(({ country }) => country));
      const progress = figures.byKind.filter(({ channel }) => channel === 'Sms');
      const names = new Set([...progress.map(({ country }) => country), ...decisions.map(({ country }) => country)]);
      const countries = [...names].map((country) => {
        const own = progress.filter((each) => each.country === country);
        const sum = (of: 'requested' | 'sent' | 'verified') => own.reduce((total, each) => total + each[of], 0);
        const stopped = decisions.filter((each) => each.country === country);
        const [sent, verified] = [sum('sent'), sum('verified')];
        return {
          country,
          state: stateOf(country, { fraudPolicy, uses, isAttacked: attacked.has(country), stopped, now: until }),
          isAttacked: attacked.has(country),
          requested: sum('requested'),
          sent,
          conversion: sent === 0 ? null : Math.min(1, verified / sent),
          ...countsOf(stopped),
          price: moneyOf(priceOfPart(prices, country ?? undefined) * 1_000_000, currency),
          ...sumOfCosts(costs.filter((each) => (each.country || null) === country)),
          verified,
        };
      });
      return {
        from,
        until,
        mode: fraudPolicy.mode,
        countries: countries.toSorted(
          (one, other) => stoppedOf(other) - stoppedOf(one) || other.requested - one.requested,
        ),
        caps: uses.map((use) => describeCap(use, currency)),
      };
    },
  );
}

type Stopped = { refused: number; checked: number; recorded: number };
const stoppedOf = ({ refused, checked, recorded }: Stopped) => refused + checked + recorded;

function countsOf(stopped: readonly DecisionCount[]): Stopped {
  const count = (holds: (one: DecisionCount) => boolean) =>
    stopped.filter(holds).reduce((total, { decisions }) => total + decisions, 0);
  return {
    refused: count(({ decision, is_enforced }) => decision === 'refuse' && is_enforced === 1),
    checked: count(({ decision, is_enforced }) => decision === 'check' && is_enforced === 1),
    recorded: count(({ is_enforced }) => is_enforced === 0),
  };
}

type Known = {
  fraudPolicy: FraudPolicy;
  uses: readonly CapUse[];
  isAttacked: boolean;
  stopped: readonly DecisionCount[];
  now: number;
};

function stateOf(country: string | null, { fraudPolicy, uses, isAttacked, stopped, now }: Known) {
  if (!servesCountry(fraudPolicy, country ?? undefined)) return 'closed' as const;
  const isFull = uses.some((use) => use.share >= 1 && (use.country === undefined || use.country === country));
  if (isFull) return 'capped' as const;
  if (isAttacked) return 'attacked' as const;
  return stopped.some(({ last_at }) => last_at > now - hourMs) ? ('guarded' as const) : ('open' as const);
}

function describeCap(
  { period, country, messages, maxMessages, cost, maxCost, share, endsAt }: CapUse,
  currency: string,
) {
  return {
    ...{ period, messages, maxMessages, share, endsAt },
    country: country ?? null,
    cost: moneyOf(cost, currency),
    maxCost: maxCost === null ? null : moneyOf(maxCost, currency),
    state: share >= 1 ? ('full' as const) : share >= warningShare ? ('warning' as const) : ('ok' as const),
  };
}
