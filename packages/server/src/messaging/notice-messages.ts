import { type NoticeActor, type NoticeChange, noticeUsageType, noticeWords } from '@sesame/connector-kit';
import { mayBeOut } from '../connectors/connector-failure.ts';
import type { Connectors } from '../connectors/connectors.ts';
import { ApiError } from '../errors.ts';
import type { Platform } from '../platform.ts';
import { beginNotice, noticeOf } from '../store/notices.ts';
import type { Store } from '../store/store.ts';
import type { MessagesTable } from '../store/tables/messages.ts';
import type { Dispatch, MessageContent } from './dispatch.ts';
import type { EmailTemplates } from './email-templates.ts';
import type { Estimate } from './estimate.ts';
import type { InFlight } from './in-flight.ts';
import { newMessage } from './new-message.ts';
import { noticeTemplate } from './notice-template.ts';
import type { Recipient } from './recipient.ts';
import type { Suppressions } from './suppressions.ts';
import { listOf } from './templates.ts';

/** A notice to send. */
export type NoticeMessage = {
  /** Of the notice, and of the message that it becomes. */
  id: string;
  /** Whose account it is about. */
  userId: string;
  recipient: Recipient;
  change: NoticeChange;
  by: NoticeActor;
  /** The number or the address that is there now, masked; empty where there is none. */
  detail: string;
  locales: readonly string[];
  application: string;
  /**
   * Has the message count for limits and caps.
   * @returns what gives it back where the message does not go out, by the reason where there is one
   * @throws ApiError where there is no room
   */
  admit: (message: Pick<MessagesTable, 'id' | 'cost'>) => Promise<(reason?: ApiError) => Promise<void>>;
};

/** Nobody waits for it as for a code. */
const lifetimeSeconds = 86_400;

type Deps = {
  store: Store;
  platform: Platform;
  connectors: Connectors;
  emailTemplates: EmailTemplates;
  suppressions: Suppressions;
  estimate: Estimate;
  dispatch: Dispatch;
  inFlight: InFlight;
};

/** Messages that tell the owner of an account what was changed. */
export function createNoticeMessages(deps: Deps) {
  const { store, platform, connectors, emailTemplates, suppressions, estimate, dispatch, inFlight } = deps;

  /** Why a message does not go out, as its record says. */
  async function refusalOf(message: MessagesTable, template: unknown): Promise<string | undefined> {
    if (!template)
      return JSON.stringify({ code: 'connector.template_not_found', kind: 'configuration', message: noTemplate });
    const refusal = await suppressions.refusalOf(message);
    if (!refusal) return undefined;
    const { retry: _, ...known } = refusal.data;
    return JSON.stringify({ code: `connector.${refusal.code}`, ...known });
  }

  async function send({ id, userId, recipient, locales, application, admit, ...notice }: NoticeMessage) {
    const { row, config, factory } = (await connectors.live(recipient.channel)) ?? {};
    if (!row || !config || !factory) return false;
    const chosen = await noticeTemplate(emailTemplates, { recipient, locales }, { factory, config });
    const { locale, ...said } = noticeWords(notice.change, notice.by, chosen?.locale ? [chosen.locale] : locales);
    const template = chosen && { locale, ...chosen };
    const content: MessageContent = {
      ...{ to: recipient.address, template, application, lifetimeSeconds },
      words: { ...said, detail: notice.detail },
    };
    const wish = { recipient, usageType: noticeUsageType, locales: [locale], now: platform.now() };
    const recorded = { ...newMessage(wish, undefined, platform), id, factory_id: row.factory_id, connector_id: row.id };
    const cost = template && (await estimate(recorded, factory, listOf(template), content));
    const message = { ...recorded, ...cost, asked: noticeOf(userId) };
    const error = await refusalOf(message, template);
    const suppress = async (error: string) => {
      await beginNotice(store, { ...message, state: 'suppressed', error });
      return false;
    };
    if (error) return suppress(error);
    let takeBack: Awaited<ReturnType<typeof admit>>;
    try {
      takeBack = await admit(message);
    } catch (refusal) {
      if (!(refusal instanceof ApiError)) throw refusal;
      return suppress(JSON.stringify({ code: refusal.code }));
    }
    if (!(await beginNotice(store, message))) {
      await takeBack();
      return false;
    }
    try {
      await dispatch(factory, config, message, content);
      return false;
    } catch (refusal) {
      if (!(refusal instanceof ApiError) || mayBeOut(refusal)) return false;
      await takeBack(refusal);
      return refusal.data?.kind !== 'recipient';
    }
  }

  /**
   * Sends a notice once, unless another process does: where it is unclear whether it is out, never again.
   * @returns whether it certainly is not, and a try later may help
   */
  return (notice: NoticeMessage): Promise<boolean> => inFlight.track(send(notice), 'records');
}

const noTemplate = `The connector has no template for ${noticeUsageType}; give it one.`;
