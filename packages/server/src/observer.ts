import type { CheckOutcome } from './store/checks.ts';
import type { MessageState } from './store/schema.ts';

/** What is told of, for metrics. */
export type Observer = {
  messageSettled: (state: MessageState, factoryId: string | null) => void;
  codeChecked: (outcome: CheckOutcome['outcome']) => void;
};

/** Told to nobody. */
export const silentObserver: Observer = { messageSettled: () => {}, codeChecked: () => {} };
