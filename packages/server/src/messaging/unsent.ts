import { apiErrorOf, mayBeOut } from '../connectors/connector-failure.ts';
import { ApiError, type ErrorCode } from '../errors.ts';
import { giveBackSent, raiseLimit, type Send, withdrawMessage } from '../store/sends.ts';
import { spend, takeBackSpent } from '../store/spendings.ts';
import type { Store } from '../store/store.ts';
import type { MessagesTable } from '../store/tables/messages.ts';
import type { Observer } from './observer.ts';
import type { SendCode } from './send-code.ts';
import type { Settle } from './settle.ts';
import type { Suppressions } from './suppressions.ts';

type Deps = { store: Store; settle: Settle; suppressions: Suppressions; observer: Observer };

/** Messages that were recorded and do not go out: why, and what is given back of them. */
export function createUnsent({ store, settle, suppressions, observer }: Deps) {
  const takeBack = ({ cost }: MessagesTable, caps: Send['caps'] = []): Promise<void> =>
    takeBackSpent(store, { cost: cost ?? 0, caps }).catch(observer.guardFailed);

  const withdraw = (message: MessagesTable, { keep }: SendCode): Promise<void> =>
    withdrawMessage(store, message, keep.flow).catch((error: unknown) => observer.settlingFailed(message.id, error));

  /** What has not gone out has cost nothing, is none of what is sent in all, and nobody can type it in. */
  async function forgetUnsent(message: MessagesTable, send: SendCode, error: unknown) {
    if (!(error instanceof ApiError) || mayBeOut(error)) return;
    const { caps, hidden, tellUnsent, limits, ceiling, now } = send;
    const counted = [...limits, ...(ceiling ? [ceiling] : [])].filter(({ isOfSent }) => isOfSent);
    await Promise.all([
      takeBack(message, caps ?? hidden?.caps),
      giveBackSent(store, counted, now).catch(observer.guardFailed),
      withdraw(message, send),
      tellUnsent?.(error),
    ]);
  }

  /** @returns whether there is room for the message; else it is settled */
  async function isBelowCeiling(message: MessagesTable, send: SendCode): Promise<boolean> {
    const { ceiling, hidden, now } = send;
    const { id, cost } = message;
    const isFull = async (code: ErrorCode) => {
      settle(message, { state: 'suppressed', error: JSON.stringify({ code }) });
      await withdraw(message, send);
      return false;
    };
    const spent = await spend(store, { id, cost: cost ?? 0, caps: hidden?.caps ?? [] });
    if (!spent) {
      hidden?.tellFull();
      return isFull('request.sending_paused');
    }
    hidden?.tellSpent?.(spent);
    const hasRoom = ceiling === undefined || (await raiseLimit(store, ceiling, { id, now }));
    if (!hasRoom) await takeBack(message, hidden?.caps);
    return hasRoom || isFull('request.message_rate_limited');
  }

  /** Answers as the provider did when it said that there is no such mailbox. @throws ApiError `connector.general` */
  async function keepFromBouncing(message: MessagesTable, send: SendCode): Promise<void> {
    const refusal = await suppressions.refusalOf(message);
    if (!refusal) return;
    const { retry: _, ...known } = refusal.data;
    settle(message, { state: 'suppressed', error: JSON.stringify({ code: `connector.${refusal.code}`, ...known }) });
    const error = apiErrorOf(refusal);
    await forgetUnsent(message, send, error);
    throw error;
  }

  return { forgetUnsent, isBelowCeiling, keepFromBouncing };
}
