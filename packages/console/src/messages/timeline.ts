import { type FollowedMessage, isTest, type Message } from './messages-api.ts';

/** A step on the way of a message. Without a time it is still to come, or nobody wrote down when it was. */
export type Step = {
  name:
    | 'requested'
    | 'decided'
    | 'handed'
    | 'sending'
    | 'accepted'
    | 'sent'
    | 'delivered'
    | 'undelivered'
    | 'failed'
    | 'unclear'
    | 'suppressed'
    | 'wrong'
    | 'verified'
    | 'waiting';
  at?: number;
  /** What the provider said of it, in its own words. */
  words?: string;
  mood: 'done' | 'bad' | 'pending';
};

/** The way of a message so far, and what it waits for. */
export function stepsOf(message: FollowedMessage): Step[] {
  const { createdAt, handedAt, asked, reports, wrongAnswersAt } = message;
  const fromProvider = [
    ...sendingSteps(message),
    ...reports.map(stepOf),
    ...wrongAnswersAt.map((at): Step => ({ name: 'wrong', at, mood: 'bad' })),
    ...(message.verifiedAt === null ? [] : [{ name: 'verified', at: message.verifiedAt, mood: 'done' } as const]),
  ];
  return [
    { name: 'requested', at: createdAt, mood: 'done' },
    ...(asked?.decided || asked?.passed ? [{ name: 'decided', mood: moodOf(asked) } as const] : []),
    ...(handedAt === null ? [] : [{ name: 'handed', at: handedAt, mood: 'done' } as const]),
    ...fromProvider.toSorted((one, other) => (one.at ?? 0) - (other.at ?? 0)),
    ...waitingStep(message),
  ];
}

/** Something to look at where it went although the guard would have kept it, or did not know. */
const moodOf = ({ decided }: NonNullable<FollowedMessage['asked']>): Step['mood'] =>
  decided && decided.decision !== 'go' ? 'bad' : 'done';

function sendingSteps({ state, updatedAt, acceptedAt, reports }: FollowedMessage): Step[] {
  const accepted: Step = { name: 'accepted', ...(acceptedAt !== null && { at: acceptedAt }), mood: 'done' };
  if (reports.length > 0) return [accepted];
  switch (state) {
    case 'sending':
      return [{ name: 'sending', mood: 'pending' }];
    case 'accepted':
      return [{ ...accepted, at: acceptedAt ?? updatedAt }];
    case 'delivered':
      return [accepted, { name: 'delivered', at: updatedAt, mood: 'done' }];
    case 'undelivered':
      return [accepted, { name: 'undelivered', at: updatedAt, mood: 'bad' }];
    default:
      return [{ name: state, at: updatedAt, mood: 'bad' }];
  }
}

/** What a provider reported, as it came; whether it holds is what the state of the message says. */
const stepOf = ({ state, receivedAt, providerCode, providerMessage }: Report): Step => ({
  name: state,
  at: receivedAt,
  words: [providerMessage, providerCode].filter(Boolean).join(' · '),
  mood: state === 'undelivered' ? 'bad' : 'done',
});
type Report = FollowedMessage['reports'][number];

/** Nobody answers the code of a test, and a message that was not sent has nothing to wait for. */
function waitingStep(message: Message): Step[] {
  if (message.verifiedAt !== null) return [];
  const mayBeAnswered = ['accepted', 'delivered', 'unclear'].includes(message.state) && !isTest(message);
  return mayBeAnswered ? [{ name: 'waiting', mood: 'pending' }] : [];
}

/** Less is no time to tell of. */
const leastMs = 50;

/**
 * Each step with the milliseconds since the one before that has a time; none where there was as good as none between, or
 * where a clock went backwards.
 */
export function withTimeBetween(steps: readonly Step[]): (Step & { since?: number })[] {
  let last: number | undefined;
  return steps.map((step) => {
    const since = (step.at ?? Number.NaN) - (last ?? Number.NaN);
    last = step.at ?? last;
    return { ...step, ...(since >= leastMs && { since }) };
  });
}
