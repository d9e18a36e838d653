import { accountExamples } from './examples/account.ts';
import type { ViewExample } from './examples/example.ts';
import { signInExamples } from './examples/sign-in.ts';

/** Every view, in every shape that it has. */
export const viewExamples: readonly ViewExample[] = [...signInExamples, ...accountExamples];
