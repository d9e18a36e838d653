import type { ApiError } from '../errors.ts';
import type { SignInExperienceStore } from '../experience/sign-in-experience.ts';
import type { Observer } from '../messaging/observer.ts';
import type { Recipient } from '../messaging/recipient.ts';
import { spend, takeBackSpent } from '../store/spendings.ts';
import type { Store } from '../store/store.ts';
import type { MessagesTable } from '../store/tables/messages.ts';
import type { Capping } from './capping.ts';
import type { Guarding } from './guarding.ts';

type Deps = {
  store: Store;
  experience: Pick<SignInExperienceStore, 'read'>;
  guarding: Guarding;
  capping: Capping;
  observer: Observer;
};

/** Nobody asks for these, so that nothing of whoever asks counts, and nobody is asked for a human check. */
const nobody = { client: undefined, accounts: [], endUser: undefined, isSecret: false, isKnown: false };

/** Has a message without a code count for the guard and the caps, as one with a code does that nobody has typed in. */
export function createAdmitting({ store, experience, guarding, capping, observer }: Deps) {
  /**
   * @returns what gives it back where the message certainly does not go out, by the reason where there is one
   * @throws ApiError `phone.country_not_served`, `request.sending_paused`
   */
  return async function admit(recipient: Recipient, { id, cost }: Pick<MessagesTable, 'id' | 'cost'>) {
    const { fraudPolicy: policy } = await experience.read();
    const guarded = { ...nobody, recipient, checkPassed: true, takePassed: undefined };
    const { raises } = await guarding.charge(guarded, policy);
    // A notice is worth less than a code: caps hold for known numbers as well.
    const capped = { recipient, isKnown: false };
    try {
      const { holding, caps, tellSpent } = await capping.of(capped, policy);
      const spending = { id, cost: cost ?? 0, caps };
      const spent = await spend(store, spending);
      if (!spent) throw await capping.refusalOf(capped, holding);
      tellSpent?.(spent);
      return async (reason?: ApiError): Promise<void> => {
        await takeBackSpent(store, spending).catch(observer.guardFailed);
        if (reason?.data?.kind !== 'recipient') await guarding.takeBack(raises, policy);
      };
    } catch (error) {
      await guarding.takeBack(raises, policy);
      throw error;
    }
  };
}
