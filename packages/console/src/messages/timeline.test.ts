import { expect, test } from 'vitest';
import type { FollowedMessage } from './messages-api.ts';
import { stepsOf, withTimeBetween } from './timeline.ts';

const start = Date.UTC(2026, 10, 27);
const message = {
  ...{ id: 'm1', channel: 'Sms', connectorId: 'c1', connectorFactoryId: 'twilio', state: 'accepted' },
  ...{ createdAt: start, updatedAt: start, handedAt: start + 20, acceptedAt: start + 400, verifiedAt: null },
  ...{ wrongAnswersAt: [], reports: [], asked: null },
} as unknown as FollowedMessage;
const report = (state: 'sent' | 'delivered' | 'undelivered', after: number) => ({
  ...{ state, receivedAt: start + after, providerAt: null, providerCode: '7', providerMessage: 'Words' },
});
const names = (changes: Partial<FollowedMessage>) => stepsOf({ ...message, ...changes }).map(({ name }) => name);

test('reports and answers stand in the order in which they came', () => {
  const changes = {
    state: 'delivered' as const,
    reports: [report('sent', 900), report('delivered', 9_000)],
    wrongAnswersAt: [start + 5_000],
    verifiedAt: start + 8_000,
  };
  expect(names(changes)).toEqual(['requested', 'handed', 'accepted', 'sent', 'wrong', 'verified', 'delivered']);
  expect(stepsOf({ ...message, ...changes }).find(({ name }) => name === 'sent')?.words).toBe('Words · 7');
});

test('a report that came before the reply to the send stands before it', () => {
  const reports = [report('delivered', 300), report('sent', 200)];
  expect(names({ state: 'delivered', reports })).toEqual([
    'requested',
    'handed',
    'sent',
    'delivered',
    'accepted',
    'waiting',
  ]);
});

test('a decision stands before the send, and is bad where it would have been another', () => {
  const decided = { decision: 'refuse' as const, isEnforced: false, isKnown: false, reasons: [] };
  const of = { through: null, application: null, administrator: null, network: null, device: null, passed: null };
  const steps = stepsOf({ ...message, asked: { ...of, decided } });
  expect(steps.map(({ name }) => name)).toEqual(['requested', 'decided', 'handed', 'accepted', 'waiting']);
  expect(steps[1]).toEqual({ name: 'decided', mood: 'bad' });
  expect(names({ asked: { ...of, decided: null } })).not.toContain('decided');
});

test('what an older version sent has the steps that it wrote down', () => {
  expect(names({ handedAt: null, acceptedAt: null })).toEqual(['requested', 'accepted', 'waiting']);
  expect(names({ handedAt: null, acceptedAt: null, state: 'undelivered' })).toEqual([
    'requested',
    'accepted',
    'undelivered',
  ]);
  expect(names({ state: 'failed', acceptedAt: null })).toEqual(['requested', 'handed', 'failed']);
});

test('a step tells how long it took, unless it took no time to speak of', () => {
  const changes = { reports: [report('delivered', 9_000)] };
  const steps = withTimeBetween(stepsOf({ ...message, ...changes }));
  expect(steps.map(({ name, since }) => [name, since])).toEqual([
    ['requested', undefined],
    ['handed', undefined],
    ['accepted', 380],
    ['delivered', 8_600],
    ['waiting', undefined],
  ]);
});
