import { ApiError } from '../errors.ts';
import type { SignInExperience, SignInExperienceStore } from '../experience/sign-in-experience.ts';
import { type Client, hasSignedIn } from '../protection/client.ts';
import { type HumanCheck, isTrouble, type TakenCheck } from '../protection/human-check/human-check.ts';
import type { Question, Sources } from '../protection/human-check/provider.ts';
import type { SignInFlowsTable } from '../store/tables/sign-ins.ts';
import type { AskedCheck } from '../verification/requests.ts';
import type { FlowAccess, FlowKeys } from './flow-keys.ts';
import { subjectOf } from './flow-writer.ts';
import type { NetworkLimits } from './network-limits.ts';

/** What a page shows that asks for a check. */
export type ShownCheck = {
  question: Question;
  /** What the page loads from elsewhere. */
  sources: Sources;
  /** To wait instead; undefined where that is not offered. */
  wait: { ticket: string; until: number } | undefined;
};

type Deps = { experience: SignInExperienceStore; humanCheck: HumanCheck; networks: NetworkLimits; keys: FlowKeys };

/** The check of a flow: whether a person is there, and no program. */
export function createFlowCheck({ experience, humanCheck, networks, keys }: Deps) {
  /** What was passed holds for one interaction: the key of its row, and of nothing else. */
  const subjectIn = async (access: FlowAccess) => subjectOf(await keys.load(access));

  return {
    /** What a send in the flow asks for. Whoever is known already is not asked, as at Logto. */
    ofSend(flow: SignInFlowsTable, { captchaPolicy }: SignInExperience): AskedCheck {
      const subject = subjectOf(flow);
      let taken: TakenCheck | undefined;
      const noting = (take: typeof humanCheck.takeAll) => async () => {
        taken = await take(subject);
        return taken?.as;
      };
      return {
        isAsked: captchaPolicy.enabled && flow.user_id === null,
        takePassed: noting(humanCheck.takeMessage),
        takeAll: noting(humanCheck.takeAll),
        isAway: () => humanCheck.isAway(),
        giveBack: async () => taken?.giveBack(),
      };
    },

    /** @throws ApiError `session.captcha_required` where a check is asked for and none was passed */
    async require(flow: SignInFlowsTable): Promise<void> {
      const { captchaPolicy } = await experience.read();
      if (!captchaPolicy.enabled || (await humanCheck.hasPassed(subjectOf(flow)))) return;
      throw new ApiError('session.captcha_required');
    },

    /** The statement that forgets what was passed. */
    forgetting: (flow: SignInFlowsTable) => humanCheck.forgetting(subjectOf(flow)),

    /** What the browser is asked. @param ticket of whoever waits already */
    async show(access: FlowAccess, ticket = ''): Promise<ShownCheck> {
      const subject = await subjectIn(access);
      const [asked, { captchaPolicy }] = await Promise.all([humanCheck.ask(subject), experience.read()]);
      const seconds = captchaPolicy.waitSeconds;
      if (seconds === null) return { ...asked, wait: undefined };
      const until = humanCheck.waitsUntil(subject, ticket);
      const begun = until === undefined ? humanCheck.waitTicket(subject, seconds) : ticket;
      return { ...asked, wait: { ticket: begun, until: humanCheck.waitsUntil(subject, begun) ?? 0 } };
    },

    /**
     * Takes an answer to the check.
     * @throws ApiError `session.captcha_failed`, `request.sign_in_rate_limited`
     */
    async answer(access: FlowAccess, { token, client }: { token: string; client: Client }): Promise<void> {
      const subject = await subjectIn(access);
      const counted = countedAs(client);
      await networks.charge('check', client, counted);
      const verdict = await humanCheck.answer({ token, subject, address: client.address });
      const isAway = isTrouble(verdict);
      // To fail a check that nobody can pass just now tells nothing.
      if (verdict.passed || isAway) await networks.giveBack('check', client, counted);
      if (verdict.passed) return;
      // Whether a key is wrong is for the operator to know.
      throw new ApiError('session.captcha_failed', { reason: isAway ? 'unavailable' : verdict.reason });
    },

    /**
     * Takes a wait in place of a check.
     * @throws ApiError `session.captcha_failed` with how long is left, `request.sign_in_rate_limited`
     */
    async answerWait(access: FlowAccess, { ticket, client }: { ticket: string; client: Client }): Promise<void> {
      const subject = await subjectIn(access);
      const { captchaPolicy } = await experience.read();
      const left = (humanCheck.waitsUntil(subject, ticket) ?? 0) - keys.now();
      if (left > 0) {
        const retryAfterSeconds = Math.ceil(left / 1000);
        throw new ApiError('session.captcha_failed', { reason: 'waiting', retryAfterSeconds });
      }
      if (captchaPolicy.waitSeconds === null) throw new ApiError('session.captcha_failed', { reason: 'wrong' });
      await networks.charge('wait', client, countedAs(client));
      if (await humanCheck.answerWait(subject, ticket)) return;
      throw new ApiError('session.captcha_failed', { reason: 'used' });
    },
  };
}
export type FlowCheck = ReturnType<typeof createFlowCheck>;

/** Strangers of a network must not keep browsers there from passing that have signed in before. */
const countedAs = (client: Client) => ({ isKnown: hasSignedIn(client) });
