import type { Interactions } from '../../../oidc/interactions.ts';
import type { Services } from '../../../services.ts';

/** What the hosted pages ask of the other rooms. */
export type PageDeps = Pick<
  Services,
  | 'signInFlows'
  | 'codeLinks'
  | 'signIns'
  | 'account'
  | 'accountCenter'
  | 'users'
  | 'ownFactors'
  | 'connectors'
  | 'experience'
  | 'customPhrases'
  | 'devices'
  | 'platform'
  | 'secretKeys'
> & {
  interactions: Interactions;
  settings: { publicUrl: string };
};
