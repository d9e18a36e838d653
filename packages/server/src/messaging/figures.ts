import { countFailures, type FailedState, type FailureKindFigures } from '../store/failure-figures.ts';
import type { Range } from '../store/hour-sums.ts';
import type { Store } from '../store/store.ts';
import { countVerification, type Kind, kindOf, type Progress } from '../store/verification-figures.ts';

/**
 * How far messages came, and how many of them something went wrong with; those whose code was answered are none of
 * these.
 */
export type Funnel = Progress & { failed: number };

/** Why messages did not get through. */
export type FailureReasonFigures = {
  outcome: FailedState;
  connectorFactoryId: string | null;
  /** Of what the record of the messages says: the code and kind, the provider's own code, and the words of one of them. */
  error: { code?: string; kind?: string; providerCode?: string; message?: string; isUnsent?: boolean };
  messages: number;
};

/** The messages of a range, twice. Hours are since the epoch; an hour or a kind may come more than once. */
export type MessageFigures = {
  byHour: (Funnel & { hour: number })[];
  byKind: (Funnel & Kind)[];
};

type Counted = Range & { factoryId?: string | undefined };

const none: Progress = { requested: 0, sent: 0, delivered: 0, verified: 0 };

/** Counts the messages created in a range, by one connector factory or by all; tests are left out. */
export async function countMessages(store: Store, range: Counted): Promise<MessageFigures> {
  const progress = await countVerification(store, range);
  const failures = await countFailures(store, range);
  return {
    byHour: [
      ...progress.byHour.map((each) => ({ ...each, failed: 0 })),
      ...failures.byHour.map(({ hour, messages }) => ({ ...none, hour, failed: messages })),
    ],
    byKind: [
      ...progress.byKind.map((each) => ({ ...each, failed: 0 })),
      ...failures.byKind.map(({ country, usage_type, messages }) => ({
        ...none,
        ...kindOf(country, usage_type),
        failed: messages,
      })),
    ],
  };
}

/** Counts the messages of a range that did not get through by reason, the most frequent first; tests are left out. */
export async function countFailureReasons(store: Store, range: Counted): Promise<FailureReasonFigures[]> {
  const { byKind } = await countFailures(store, range);
  const keyOf = ({ factory_id, state, code, kind, provider_code }: FailureKindFigures) =>
    JSON.stringify([factory_id, state, code, kind, provider_code]);
  const reasons = [...Map.groupBy(byKind, keyOf).values()].map((same) => {
    const { factory_id, state, code, kind, provider_code, message } = same[0] as FailureKindFigures;
    return {
      outcome: state as FailedState,
      connectorFactoryId: factory_id || null,
      error: {
        ...(code && { code }),
        ...(kind && { kind }),
        ...(provider_code && { providerCode: provider_code }),
        ...(message && { message }),
        // What is unclear is not called failed, unless it never left this machine.
        ...(state === 'failed' && kind === 'unclear' && { isUnsent: true }),
      },
      messages: same.reduce((sum, { messages }) => sum + messages, 0),
    };
  });
  return reasons.toSorted((one, other) => other.messages - one.messages);
}
