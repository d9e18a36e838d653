import { searchKeysOf } from '../../packages/server/src/accounts/user-search-keys.ts';
import type { AuditLogTable } from '../../packages/server/src/store/tables/administrators.ts';
import type { MessagesTable } from '../../packages/server/src/store/tables/messages.ts';
import type { UsersTable } from '../../packages/server/src/store/tables/users.ts';
import type { UserRow } from '../../packages/server/src/store/users.ts';
import { newRandom, personOf, pick } from './people.ts';

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
