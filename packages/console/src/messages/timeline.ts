import { type FollowedMessage, isTest, type Message } from './messages-api.ts';

/** A step on the way of a message. Without a time it is still to come, or nobody wrote down when it was. */
export type Step = {
  name:
    | 'requested'
    | 'sending'
    | 'accepted'
    | 'sent'
    | 'delivered'
    | 'undelivered'
    | 'failed'
    | 'unclear'
    | 'suppressed'
    | 'verified'
    | 'waiting';
  at?: number;
  /** What the provider said of it, in its own words. */
  words?: string;
  mood: 'done' | 'bad' | 'pending';
};

/** The way of a message so far, and what it waits for. */
export function stepsOf(message: FollowedMessage): Step[] {
  return [
    { name: 'requested', at: message.createdAt, mood: 'done' },
    ...sendingSteps(message),
    ...answerSteps(message),
  ];
}

function sendingSteps(message: FollowedMessage): Step[] {
  const { state, updatedAt: at, reports } = message;
  if (reports.length > 0) return [{ name: 'accepted', mood: 'done' }, ...reports.map(stepOf)];
  switch (state) {
    case 'sending':
      return [{ name: 'sending', mood: 'pending' }];
    case 'accepted':
      return [{ name: 'accepted', at, mood: 'done' }];
    case 'delivered':
      return [
        { name: 'accepted', mood: 'done' },
        { name: 'delivered', at, mood: 'done' },
      ];
    case 'undelivered':
      return [
        { name: 'accepted', mood: 'done' },
        { name: 'undelivered', at, mood: 'bad' },
      ];
    default:
      return [{ name: state, at, mood: 'bad' }];
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
function answerSteps(message: Message): Step[] {
  if (message.verifiedAt !== null) return [{ name: 'verified', at: message.verifiedAt, mood: 'done' }];
  const mayBeAnswered = ['accepted', 'delivered', 'unclear'].includes(message.state) && !isTest(message);
  return mayBeAnswered ? [{ name: 'waiting', mood: 'pending' }] : [];
}
