import { ConnectorError } from '@sesame/connector-kit';
import type { FastifyBaseLogger } from 'fastify';
import { expect, test } from 'vitest';
import { loggingObserver } from './logging-observer.ts';
import { silentObserver } from './messaging/observer.ts';
import { NoConnectionError } from './store/unavailable.ts';

test('a follow-up that the database keeps from being done is laid at no provider’s door', () => {
  const lines: string[] = [];
  const counted: string[] = [];
  const line = (level: string) => (_: unknown, text: string) => lines.push(`${level} ${text}`);
  const log = { warn: line('warn'), error: line('error') } as unknown as FastifyBaseLogger;
  const counting = { ...silentObserver, followUpFailed: (_: string, step: string) => counted.push(step) };
  const { followUpFailed } = loggingObserver(counting, () => log);
  followUpFailed('', 'turn', new NoConnectionError([new Error('connect ECONNREFUSED')]));
  expect([lines, counted]).toEqual([[expect.stringMatching(/^error the database is away/)], []]);
  followUpFailed('twilio', 'report', new ConnectorError({ kind: 'limit', message: 'connection error' }));
  expect([lines[1], counted]).toEqual([expect.stringMatching(/^warn a provider could not be asked/), ['report']]);
});
