import type { NoticeChange } from '@sesame/connector-kit';
import type { Connectors } from '../connectors/connectors.ts';
import { ApiError } from '../errors.ts';
import { brandName, type SignInExperienceStore } from '../experience/sign-in-experience.ts';
import { parseLocales } from '../locale.ts';
import type { Messaging } from '../messaging/messaging.ts';
import { type Recipient, readRecipient } from '../messaging/recipient.ts';
import { newId, type Platform } from '../platform.ts';
import type { TestNumbers } from '../protection/test-numbers.ts';
import { maskRecipient } from '../sign-in/user-recipients.ts';
import type { Held } from '../store/held.ts';
import { dropNotice, lastLocaleOf, nextNoticeAt, retryNotice, takeNotices } from '../store/notices.ts';
import { giveBackSent, raiseLimit, type SendLimit } from '../store/sends.ts';
import type { Store } from '../store/store.ts';
import type { NoticesTable } from '../store/tables/notices.ts';
import { findUser, type UserRow } from '../store/users.ts';
import type { Verification } from '../verification/verification.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Nobody gets more notices than this, however often an account is changed. */
export const noticeLimits = {
  Email: { maxSends: 10, windowMs: hour },
  Sms: { maxSends: 3, windowMs: 24 * hour },
} as const;

/** When a notice is tried again that a provider refused. */
const retriesAfterMs = [minute, 10 * minute, hour, 6 * hour];
/** What nobody could be told for so long is old news. */
const maxAgeMs = 24 * hour;
/** How long one has to become a message, until another process takes it on. */
const leaseMs = minute;
/** How long it may take until another process takes on what one has left, beside that. */
const pollMs = 10_000;
/** So many at a time. */
const batch = 10;

type Deps = {
  store: Store;
  platform: Platform;
  experience: Pick<SignInExperienceStore, 'read'>;
  connectors: Pick<Connectors, 'liveChannels'>;
  testNumbers: TestNumbers;
  messaging: Pick<Messaging, 'notify'>;
  verification: Pick<Verification, 'admit'>;
  held: Pick<Held, 'lookAgain'>;
  onError: (error: unknown) => void;
};

/** Sends the notices that changes of accounts have left, beside all requests. */
export function createNotices(deps: Deps) {
  const { store, platform, experience, connectors, testNumbers, messaging, verification, held, onError } = deps;
  let timer: NodeJS.Timeout | undefined;
  let isStarted = false;
  let isStopped = false;
  let isAskedAgain = false;
  let running: Promise<void> | undefined;

  /** Where the account was reached before the change: by mail, and by SMS where no mail can be. */
  async function recipientOf({ email, phone }: NoticesTable): Promise<Recipient | undefined> {
    const [{ accountNotices }, live] = await Promise.all([experience.read(), connectors.liveChannels()]);
    const byMail = accountNotices.email && email !== null && live.includes('Email');
    const bySms = accountNotices.sms && phone !== null && live.includes('Sms');
    const recipient = readRecipient((byMail ? email : bySms ? phone : null) ?? '');
    if (!recipient || recipient.refusal) return undefined;
    return (await testNumbers.codeOf(recipient.key)) === undefined ? recipient : undefined;
  }

  /** What the user has chosen, what the browser wished, and what the user was last written to in. */
  async function localesOf({ locales, email, phone }: NoticesTable, { profile }: UserRow): Promise<string[]> {
    const { locale } = JSON.parse(profile) as { locale?: string };
    const recipients = [email?.toLowerCase(), phone].filter((each) => typeof each === 'string');
    const last = await lastLocaleOf(store, recipients);
    const { languageInfo } = await experience.read();
    const wished = [...parseLocales(locale), ...(JSON.parse(locales) as string[])];
    return [...wished, ...(last ? [last] : []), languageInfo.fallbackLanguage];
  }

  async function admit(recipient: Recipient, message: Parameters<Verification['admit']>[1]) {
    const limit: SendLimit = { key: `notice:${recipient.key}`, ...noticeLimits[recipient.channel] };
    const now = platform.now();
    if (!(await raiseLimit(store, limit, { id: message.id, now }))) throw new ApiError('request.message_rate_limited');
    const giveBack = () => giveBackSent(store, [limit], now);
    const takeBack = await verification.admit(recipient, message).catch(async (refusal: unknown) => {
      await giveBack();
      throw refusal;
    });
    return async (reason?: ApiError) => {
      await Promise.all([takeBack(reason), giveBack()]);
    };
  }

  async function tell(notice: NoticesTable): Promise<void> {
    const isOld = platform.now() - notice.created_at > maxAgeMs;
    if (isOld) return dropNotice(store, notice.id);
    let recipient = await recipientOf(notice);
    if (!recipient) {
      // Another process may have been told a moment ago that owners are to be told, or by whom.
      held.lookAgain();
      recipient = await recipientOf(notice);
    }
    // Nothing of an account is kept, or told, once it is deleted.
    const user = recipient && (await findUser(store, 'id', notice.user_id));
    if (!recipient || !user) return dropNotice(store, notice.id);
    await send(notice, recipient, user);
  }

  async function send(notice: NoticesTable, recipient: Recipient, user: UserRow): Promise<void> {
    const isRefused = await messaging.notify({
      ...{ id: notice.id, userId: notice.user_id, recipient, by: notice.actor },
      change: notice.change as NoticeChange,
      detail: notice.detail ? maskRecipient(notice.detail) : '',
      locales: await localesOf(notice, user),
      application: brandName(await experience.read()),
      admit: (message) => admit(recipient, message),
    });
    const waitMs = isRefused ? retriesAfterMs[notice.tries - 1] : undefined;
    if (waitMs === undefined) return;
    await retryNotice(store, { ...notice, id: newId(platform), next_at: platform.now() + waitMs });
  }

  /**
   * Tells all that is due now: for whoever is the clock. A look, which is nearly always in vain, writes nothing.
   * @returns when the next is due
   */
  async function turn(): Promise<number | undefined> {
    for (;;) {
      const [now, next] = [platform.now(), await nextNoticeAt(store)];
      if (isStopped || next === undefined || next > now) return next;
      const taken = await takeNotices(store, { now, until: now + leaseMs, limit: batch });
      await Promise.all(taken.map((notice) => tell(notice).catch(onError)));
    }
  }

  async function look(): Promise<void> {
    let next: number | undefined;
    do {
      isAskedAgain = false;
      next = await turn();
    } while (isAskedAgain && !isStopped);
    schedule(next === undefined ? pollMs : Math.min(pollMs, Math.max(20, next - platform.now())));
  }

  function schedule(waitMs: number): void {
    if (isStopped) return;
    clearTimeout(timer);
    timer = setTimeout(wake, waitMs);
    timer.unref();
  }

  function wake(): void {
    isAskedAgain = true;
    if (!isStarted || isStopped || running) return;
    running = look()
      .catch((error: unknown) => {
        isAskedAgain = false;
        onError(error);
        schedule(pollMs);
      })
      .finally(() => {
        running = undefined;
        if (isAskedAgain) wake();
      });
  }

  return {
    turn,
    wake,

    start(): void {
      isStarted = true;
      wake();
    },

    /** Takes on nothing more, and resolves when what is under way is told. */
    async stop(): Promise<void> {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
export type Notices = ReturnType<typeof createNotices>;
