import type { Hooks } from '../../../webhooks/hooks.ts';
import type { AppInstance } from '../../app-instance.ts';
import { changeHooks } from './change-hooks.ts';
import { getHooks } from './get-hooks.ts';
import { hookDeliveries } from './hook-deliveries.ts';
import { recentLogs } from './recent-logs.ts';
import { testHook } from './test-hook.ts';

const operations = [getHooks, changeHooks, testHook, hookDeliveries, recentLogs];

/** Everything under `/api/hooks`, relative to the prefix `/api`. */
export function registerHooks(app: AppInstance, services: { hooks: Hooks }): void {
  for (const register of operations) register(app, services);
}
