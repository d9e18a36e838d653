import { ConnectorError } from '@sesame/connector-kit';
import type { FastifyBaseLogger } from 'fastify';
import type { Observer } from './messaging/observer.ts';
import { databaseAway, isUnavailable } from './store/unavailable.ts';

/**
 * Puts into the log what somebody has to look at.
 * @param counting told of everything as well
 * @param log the log, once there is one
 */
export function loggingObserver(counting: Observer, log: () => FastifyBaseLogger | undefined): Observer {
  return {
    ...counting,
    settlingFailed: (messageId, error) => {
      counting.settlingFailed(messageId, error);
      log()?.error({ messageId, err: error }, 'what became of a message could not be recorded; it is tried again');
    },
    checkInTrouble: (detail) => {
      counting.checkInTrouble(detail);
      log()?.error({ detail }, 'the provider of human checks does not answer, or refuses the keys');
    },
    guardFailed: (error) => {
      counting.guardFailed(error);
      log()?.error({ err: error }, 'the guard could not decide on a send: known people are served, others wait');
    },
    capNears: (cap) => {
      counting.capNears(cap);
      const percent = Math.floor(cap.share * 100);
      log()?.warn({ ...cap, percent }, 'little is left of a cap on what messages may cost, or nothing');
    },
    hookGone: (hookId) => log()?.warn({ hookId }, 'a webhook answers that it is gone (410); it is switched off'),
    followUpFailed(connectorId, step, error) {
      // No provider is at fault.
      if (isOfDatabase(error)) return log()?.error({ err: error }, databaseAway);
      counting.followUpFailed(connectorId, step, error);
      const problem = error instanceof ConnectorError ? error.data : undefined;
      const detail = problem ? { problem: problem.message, providerCode: problem.providerCode } : { err: error };
      log()?.warn({ connectorId, step, ...detail }, 'a provider could not be asked, or told, of a message');
    },
    noticeFailed: (error) =>
      log()?.error({ err: error }, 'owners could not be told of changes; they are again in a minute'),
    deliveryFailed: (error) =>
      log()?.error({ err: error }, 'webhooks could not be served; they are again in a few seconds'),
  };
}

/** What a connector makes of the words of a provider may sound the same. */
const isOfDatabase = (error: unknown) => !(error instanceof ConnectorError) && isUnavailable(error);
