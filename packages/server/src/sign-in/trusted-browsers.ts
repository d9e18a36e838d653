import type { TrustedDevice, TrustedDevices } from '../accounts/trusted-devices.ts';
import { ApiError } from '../errors.ts';
import { type FactorType, factorOf } from '../experience/second-factors.ts';
import type { SignInExperienceStore } from '../experience/sign-in-experience.ts';
import type { Client } from '../protection/client.ts';
import type { SignInFlowsTable } from '../store/tables/sign-ins.ts';
import type { FlowAccess } from './flow-keys.ts';
import type { FlowWriter } from './flow-writer.ts';
import { isPlain, type StillProven } from './identification.ts';
import type { OwnFactors } from './own-factors.ts';
import { factorOfProof, type SecondFactor } from './second-factor.ts';
import { typeOf } from './user-recipients.ts';

type Deps = { experience: SignInExperienceStore; ownFactors: OwnFactors; trustedDevices: TrustedDevices };

/** Browsers that stand in for a second code: see docs/decisions/0064-trusted-browsers.md. */
export function createTrustedBrowsers({ experience, ownFactors, trustedDevices }: Deps) {
  const own = async (still: StillProven): Promise<FactorType[]> =>
    ownFactors.wanted((await experience.read()).mfa, still);

  return {
    /**
     * The trusted browser that somebody signs in with, if that stands in for a second code: the policy still has what came
     * second there, the user still wants it, and the sign-in adds nothing to the account, which takes a code.
     */
    async find(
      flow: SignInFlowsTable,
      still: StillProven,
      client: Client | undefined,
    ): Promise<TrustedDevice | undefined> {
      const isToBeTrusted = flow.trusts_device === 1;
      if (!client || flow.event !== 'SignIn' || isToBeTrusted || !isPlain(flow)) return undefined;
      const types = await own(still);
      const isTheirs = still.recipient !== undefined && types.includes(typeOf(still.recipient));
      if (types.length === 0 || isTheirs) return undefined;
      const trusted = await trustedDevices.find(client, still.user.id);
      return trusted && types.includes(trusted.factor) ? trusted : undefined;
    },

    /** Whether one that a sign-in rests on still counts for the user. */
    async holds(still: StillProven, id: string): Promise<boolean> {
      const trusted = await trustedDevices.get(still.user.id, id);
      return trusted !== undefined && (await own(still)).includes(trusted.factor);
    },
  };
}
export type TrustedBrowsers = ReturnType<typeof createTrustedBrowsers>;

/**
 * Has the browser trusted once the sign-in is handed in, by the code that came second.
 * @throws as `open` of the second factor; ApiError `session.mfa.require_mfa_verification` without such a code, or after a
 * backup code; `session.mfa.mfa_factor_not_enabled` where no browser is trusted
 */
export const createTrustBrowser =
  ({ second, flows, trustedDevices }: { second: SecondFactor; flows: FlowWriter; trustedDevices: TrustedDevices }) =>
  async (access: FlowAccess): Promise<void> => {
    const { flow, still } = await second.open(access);
    if ((await trustedDevices.offeredUntil()) === undefined) throw new ApiError('session.mfa.mfa_factor_not_enabled');
    const proof = await second.requireVerified(flow, still);
    if (!proof || !factorOfProof(proof)) {
      const types = await second.own(still);
      throw new ApiError('session.mfa.require_mfa_verification', {
        availableFactors: types.map((type) => factorOf[type]),
      });
    }
    await flows.change(access, flow, { trusts_device: 1 });
  };
