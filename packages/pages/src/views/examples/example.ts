import type * as models from '../../index.ts';
import type { PageContext } from '../../view-models/page.ts';

/** A view with something to show in it. */
export type ViewExample = { name: string; model: object; render: (context: PageContext, model: never) => string };

/** An example of a view. */
export const example = <Model extends object>(
  name: string,
  render: (context: PageContext, model: Model) => string,
  model: Model,
): ViewExample => ({ name, model, render: render as ViewExample['render'] });

/** What pages are drawn with in tests. */
export const exampleContext: PageContext = {
  language: 'en',
  brand: { name: 'Cave & Sons' },
  colors: { primaryColor: '#5b3df5', darkPrimaryColor: '#a594ff', isDarkModeEnabled: true },
  nonce: 'bm9uY2U=',
  now: Date.UTC(2026, 0, 31, 12),
};

/** What a form sends along. */
export const form: models.Form = { action: '/sign-in', hidden: { flow: 'flow-1', csrf: 'token-1' } };
/** Where a page leads back to. */
export const back = '/account';
/** Another way to sign in. */
export const way = (to: string): models.Way => ({ action: '/sign-in/go?flow=1', to });

/** What somebody is reached by. */
export const number = '+8613800138000';
export const address = 'ali.baba+cave@example.com';
