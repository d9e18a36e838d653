import { searchKeysOf } from '../../packages/server/src/accounts/user-search-keys.ts';
import type { AuditLogTable, MessagesTable, UsersTable } from '../../packages/server/src/store/schema.ts';
import type { UserRow } from '../../packages/server/src/store/users.ts';

/** How much there is to be of each. */
export type Amounts = { messages: number; users: number; auditLog: number };

/** One user for so many messages, one change by an administrator for so many. */
export const amountsFor = (messages: number): Amounts => ({
  messages,
  users: Math.ceil(messages / 5),
  auditLog: Math.ceil(messages / 1_000),
});

const dayMs = 86_400_000;
/** As long as messages are kept, and a little that housekeeping finds to do. */
const days = 90;
const expiredShare = 0.02;

/** Of New York, Los Angeles and so on; seven digits, of which the first chooses. */
const areas = [212, 213, 214, 305, 310, 312, 404, 415, 512, 617];

/** Where people are: how many of a hundred, and numbers that are theirs: what comes before so many digits. */
const countries = [
  { country: 'CN', share: 32, prefix: '+86139', digits: 8, locale: 'zh-CN' },
  { country: 'US', share: 18, prefix: '+1', digits: 7, locale: 'en' },
  { country: 'IN', share: 15, prefix: '+9198', digits: 8, locale: 'en' },
  { country: 'BR', share: 9, prefix: '+55119', digits: 8, locale: 'pt-BR' },
  { country: 'DE', share: 7, prefix: '+49151', digits: 8, locale: 'de' },
  { country: 'GB', share: 6, prefix: '+44740', digits: 7, locale: 'en' },
  { country: 'MX', share: 5, prefix: '+5255', digits: 8, locale: 'es' },
  { country: 'JP', share: 4, prefix: '+8190', digits: 8, locale: 'ja' },
  { country: 'FR', share: 3, prefix: '+3361', digits: 7, locale: 'fr' },
  { country: 'SG', share: 1, prefix: '+659', digits: 7, locale: 'en' },
];
const usageTypes = [
  { name: 'SignIn', share: 70 },
  { name: 'Register', share: 20 },
  { name: 'ForgotPassword', share: 7 },
  { name: 'Generic', share: 3 },
];
const states = [
  { name: 'accepted' as const, share: 60, verified: 0.82 },
  { name: 'delivered' as const, share: 35, verified: 0.85 },
  { name: 'undelivered' as const, share: 2, verified: 0 },
  { name: 'failed' as const, share: 2, verified: 0 },
  { name: 'unclear' as const, share: 1, verified: 0.4 },
];
const firstNames = [
  'Ada',
  'Bao',
  'Chen',
  'Dora',
  'Emil',
  'Fatima',
  'Goro',
  'Hana',
  'Ivan',
  'João',
  'Kofi',
  'Li',
  'Mei',
];
const lastNames = ['Almeida', 'Brown', 'Costa', 'Diaz', 'Evans', 'Fischer', 'Gupta', 'Huang', 'Ito', 'Jones', 'Khan'];

/** The same numbers in every run, from 0 up to 1 (mulberry32). */
function newRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function pick<T extends { share: number }>(entries: readonly T[], chance: number): T {
  let left = chance * 100;
  for (const entry of entries) {
    left -= entry.share;
    if (left < 0) return entry;
  }
  return entries[0] as T;
}

/** Where a user is, and their number: the same whenever it is asked for. */
function personOf(index: number) {
  // 7,919 and the powers of ten have no factor in common, so no two users have one number.
  const { country, prefix, digits, locale } = pick(countries, ((index * 61) % 1_009) / 1_009);
  const number = String((index * 7_919) % 10 ** digits).padStart(digits, '0');
  const local = country === 'US' ? `${areas[Number(number.charAt(0))]}5${number.slice(1)}` : number;
  return { country, locale, phone: prefix + local };
}

/** Ids as the server makes them are in the order of time and 36 characters long. */
const idAt = (at: number, index: number, kind: string) =>
  `${at.toString(16).padStart(12, '0')}-${kind}-${index.toString(16).padStart(18, '0')}`;

/** Users, the oldest first. */
export function* users({ users: count }: Amounts, now: number): Generator<UserRow> {
  const random = newRandom(1);
  for (let index = 0; index < count; index += 1) {
    const createdAt = now - Math.floor(((count - index) / count) * 2 * 365 * dayMs);
    const name = `${firstNames[index % firstNames.length]} ${lastNames[Math.floor(random() * lastNames.length)]}`;
    const username = random() < 0.3 ? `user_${index.toString(36)}` : null;
    yield {
      id: ((index + 1) * 2_654_435_761).toString(36).padStart(12, '0'),
      username,
      phone: personOf(index).phone,
      name,
      avatar: null,
      password_digest: null,
      is_suspended: random() < 0.001 ? 1 : 0,
      custom_data: '{}',
      profile: '{}',
      created_at: createdAt,
      updated_at: createdAt,
      last_sign_in_at: createdAt + Math.floor(random() * (now - createdAt)),
      sessions_valid_from: null,
      kept_session: null,
      ...searchKeysOf({ username, name }),
    } as UsersTable;
  }
}

/** Messages, the oldest first: more by day than by night, some people more often than others. */
export function* messages({ messages: count, users: people }: Amounts, now: number): Generator<MessagesTable> {
  const random = newRandom(2);
  for (let index = 0; index < count; index += 1) {
    const daysAgo = days * (1 + expiredShare) * (1 - index / count);
    const createdAt = now - Math.floor(byDay(daysAgo) * dayMs);
    const { country, locale, phone } = personOf(Math.floor(people * random() ** 1.5));
    const state = pick(states, random());
    const isFailed = state.name === 'failed';
    yield {
      id: idAt(createdAt, index, '7b'),
      recipient: phone,
      country,
      usage_type: pick(usageTypes, random()).name,
      locale,
      factory_id: 'http-sms',
      connector_id: 'bench-connector',
      state: state.name,
      provider_message_id: isFailed ? null : `SM${index.toString(16).padStart(32, '0')}`,
      error: isFailed ? '{"kind":"refused","code":"connector.general","message":"The provider refused it."}' : null,
      created_at: createdAt,
      updated_at: createdAt + 800,
      verified_at: random() < state.verified ? createdAt + 20_000 : null,
    };
  }
}

/** Bends time evenly spent into days that are busy at noon and quiet at night, and keeps the order. */
const byDay = (daysAgo: number) => daysAgo + Math.sin(2 * Math.PI * daysAgo) / (2 * Math.PI * 2);

/** Changes that administrators made, the oldest first. */
export function* auditLog({ auditLog: count }: Amounts, now: number): Generator<AuditLogTable> {
  for (let index = 0; index < count; index += 1) {
    const at = now - Math.floor((1 - index / count) * 300 * dayMs);
    yield {
      id: idAt(at, index, '7a'),
      at,
      times: 1,
      actor_type: 'administrator',
      actor_id: 'bench-administrator',
      actor_name: 'bench',
      action: index % 2 === 0 ? 'user.update' : 'user.suspend',
      subject_type: 'user',
      subject_id: String(index),
      details: '{"fields":["name"]}',
    };
  }
}
