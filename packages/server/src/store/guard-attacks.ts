import { sql } from 'kysely';
import { text, whole } from './parameters.ts';
import { type Slot, statement } from './statement.ts';
import type { Store } from './store.ts';
import type { GuardAttackPartsTable, GuardAttacksTable } from './tables/guard.ts';

/** After so many milliseconds in which nothing was stopped in a country, an attack is over. */
export const quietMs = 3_600_000;
/** So many blocks and networks are kept of one; what is stopped there goes on counting. */
const maxParts = 500;

/** A send that was stopped, as it is counted; `failedChecks` is taken back by a check that is passed after all. */
export type StoppedSend = {
  /** Of the attack, where this is its first. */
  id: string;
  country: string;
  at: number;
  refused: number;
  failedChecks: number;
  recorded: number;
  parts: readonly Pick<GuardAttackPartsTable, 'kind' | 'name'>[];
};

/** Counts a send that was stopped with the attack that goes on in its country; nobody waits for it. */
export const noteStopped = (store: Store, stopped: StoppedSend): Promise<void> => {
  const locks = [`attack:${stopped.country}`];
  const notes = [store.eventually(noteAttack(store, stopped), locks)];
  if (stopped.parts.length > 0) notes.push(store.eventually(noteParts(store, stopped), locks));
  return Promise.all(notes).then(() => {});
};

const countryOf = (slot: Slot<StoppedSend>) => slot(({ country }) => country);
const sinceOf = (slot: Slot<StoppedSend>) => whole(slot(({ at }) => at - quietMs));

/** The attack that goes on in the country. */
const current = (slot: Slot<StoppedSend>) =>
  sql`(select id from guard_attacks where country = ${countryOf(slot)} and last_at > ${sinceOf(slot)}
    order by last_at desc, id desc limit 1)`;

const noteAttack = statement<StoppedSend>((slot) => {
  const of = (key: 'at' | 'refused' | 'failedChecks' | 'recorded') => whole(slot((given) => given[key]));
  return sql`
    insert into guard_attacks (id, country, began_at, last_at, refused, failed_checks, recorded)
    values (coalesce(${current(slot)}, ${text(slot(({ id }) => id))}), ${countryOf(slot)}, ${of('at')}, ${of('at')},
      ${of('refused')}, ${of('failedChecks')}, ${of('recorded')})
    on conflict (id) do update set
      last_at = case when excluded.last_at > guard_attacks.last_at then excluded.last_at else guard_attacks.last_at end,
      refused = guard_attacks.refused + excluded.refused,
      failed_checks = guard_attacks.failed_checks + excluded.failed_checks,
      recorded = guard_attacks.recorded + excluded.recorded`;
});

const noteParts = statement<StoppedSend>(
  (slot, _, { parts }) => {
    const rows = parts.map((_, index) => {
      const of = (key: 'kind' | 'name') => text(slot(({ parts }) => parts[index]?.[key] ?? ''));
      const attack = sql`attack_id = ${current(slot)}`;
      return sql`select ${current(slot)}, ${of('kind')}, ${of('name')}, 1 where ${current(slot)} is not null and (
        (select count(*) from guard_attack_parts where ${attack}) < ${sql.lit(maxParts)}
        or exists (select 1 from guard_attack_parts where ${attack} and kind = ${of('kind')} and name = ${of('name')}))`;
    });
    return sql`insert into guard_attack_parts (attack_id, kind, name, stopped) ${sql.join(rows, sql` union all `)}
      on conflict (attack_id, kind, name) do update set stopped = guard_attack_parts.stopped + excluded.stopped`;
  },
  ({ parts }) => parts.length,
);

/** Attacks that stopped so many at least, newest first, from before the one that was listed last. */
export function listAttacks(
  { reader }: Store,
  { limit, before, atLeast }: { limit: number; before?: { at: number; id: string } | undefined; atLeast: number },
): Promise<GuardAttacksTable[]> {
  const newest = reader
    .selectFrom('guard_attacks')
    .selectAll()
    .where(sql<boolean>`refused + failed_checks + recorded >= ${atLeast}`)
    .orderBy('began_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  return (before ? newest.where(sql<boolean>`(began_at, id) < (${before.at}, ${before.id})`) : newest).execute();
}

/** Codes that went out to the country of an attack meanwhile, and in the hour before, and that nobody has typed in. */
export type AttackSends = { attack_id: string; currency: string; sent: number; cost: number };

/** What went out during attacks, an entry for each currency that it cost something in; `cost` in millionths. */
export async function countAttackSends({ reader }: Store, attacks: readonly string[]): Promise<AttackSends[]> {
  if (attacks.length === 0) return [];
  const { rows } = await sql<AttackSends>`select guard_attacks.id as attack_id,
      coalesce(cost_currency, '') as currency, count(*) as sent, cast(sum(coalesce(cost, 0)) as bigint) as cost
    from guard_attacks join messages on messages.created_at >= guard_attacks.began_at - ${sql.lit(quietMs)}
      and messages.created_at <= guard_attacks.last_at and coalesce(messages.country, 'none') = guard_attacks.country
    where guard_attacks.id in (${sql.join(attacks)}) and verified_at is null and state not in ('failed', 'suppressed')
    group by 1, 2`.execute(reader);
  return rows;
}

/** The largest parts of attacks, so many of each kind. */
export const listAttackParts = async (
  { reader }: Store,
  { attacks, limit }: { attacks: readonly string[]; limit: number },
): Promise<GuardAttackPartsTable[]> =>
  attacks.length === 0
    ? []
    : reader
        .selectFrom(
          reader
            .selectFrom('guard_attack_parts')
            .select([
              ...(['attack_id', 'kind', 'name', 'stopped'] as const),
              sql<number>`row_number() over (partition by attack_id, kind order by stopped desc, name)`.as('place'),
            ])
            .where('attack_id', 'in', attacks)
            .as('parts'),
        )
        .select(['attack_id', 'kind', 'name', 'stopped'])
        .where('place', '<=', limit)
        .orderBy('attack_id')
        .orderBy('kind')
        .orderBy('place')
        .execute();
