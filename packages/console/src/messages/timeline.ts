import { isTest, type Message } from './messages-api.ts';

/** A step on the way of a message. Without a time it is still to come, or nobody wrote down when it was. */
export type Step = {
  name:
    | 'requested'
    | 'sending'
    | 'accepted'
    | 'delivered'
    | 'undelivered'
    | 'failed'
    | 'unclear'
    | 'suppressed'
    | 'verified'
    | 'waiting';
  at?: number;
  mood: 'done' | 'bad' | 'pending';
};

/** The way of a message so far, and what it waits for. */
export function stepsOf(message: Message): Step[] {
  return [
    { name: 'requested', at: message.createdAt, mood: 'done' },
    ...sendingSteps(message),
    ...answerSteps(message),
  ];
}

function sendingSteps({ state, updatedAt: at }: Message): Step[] {
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

/** Nobody answers the code of a test, and a message that was not sent has nothing to wait for. */
function answerSteps(message: Message): Step[] {
  if (message.verifiedAt !== null) return [{ name: 'verified', at: message.verifiedAt, mood: 'done' }];
  const mayBeAnswered = ['accepted', 'delivered', 'unclear'].includes(message.state) && !isTest(message);
  return mayBeAnswered ? [{ name: 'waiting', mood: 'pending' }] : [];
}
