import type { TrustChoice } from '@sesame/pages';
import type { PageDeps } from '../parts/page-deps.ts';
import type { FlowVisit } from './flow-visit.ts';

const dayMs = 24 * 60 * 60_000;

/** The box of a page that asks for a second code; none where no browser is trusted. */
export function trustChoice(
  { policy, context }: Pick<FlowVisit, 'policy' | 'context'>,
  ticked: string | undefined,
): TrustChoice | undefined {
  const { enabled, durationDays } = policy.trustedDevicePolicy;
  return enabled ? { until: context.now + durationDays * dayMs, isChosen: ticked === 'yes' } : undefined;
}

/** What was ticked, for when the page is shown again. */
export const tickedTrust = ({ text }: FlowVisit): Record<string, string> => ({ trust: text('trust') });

/** After a second code: has the browser trusted, if that was ticked. */
export async function trustIfTicked({ access, policy, text }: FlowVisit, { signInFlows }: PageDeps): Promise<void> {
  const isWanted = policy.trustedDevicePolicy.enabled && text('trust') === 'yes';
  if (isWanted) await signInFlows.second.trustBrowser(access);
}
