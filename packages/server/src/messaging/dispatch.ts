import type { NoticeWords, SendResult, Template } from '@sesame/connector-kit';
import type { ConnectorConfig, ConnectorFactory } from '../connectors/connector-factory.ts';
import { apiErrorOf, failureOf, mayBeOut } from '../connectors/connector-failure.ts';
import type { MessagesTable } from '../store/tables/messages.ts';
import type { InFlight } from './in-flight.ts';
import type { ReportAddresses } from './report-addresses.ts';
import type { Settle } from './settle.ts';
import type { Suppressions } from './suppressions.ts';
import { isNamed, listOf } from './templates.ts';

/** What a message says, and to whom. */
export type MessageContent = {
  /** As the channel spells it. */
  to: string;
  /** What fills the text: the code, or what a notice says. */
  words: { code: string } | (Pick<NoticeWords, 'change' | 'advice'> & { detail: string });
  /** How the application is called that the message is from. */
  application: string;
  lifetimeSeconds: number;
  /** Makes the link that brings the code to the page that asks for it, where there is one. */
  link?: (() => string) | undefined;
  /** In place of the connector's own templates. */
  template?: Template | undefined;
};

type Deps = {
  inFlight: InFlight;
  settle: Settle;
  suppressions: Suppressions;
  reportAddresses: ReportAddresses;
  now: () => number;
};

const maxIdLength = 200;
/** The next mail is refused again, and noted then. */
const isKnownByTheNext = () => {};

/** Hands a recorded message to a connector and settles what became of it. @throws ApiError `connector.*` */
export function createDispatch({ inFlight, settle, suppressions, reportAddresses, now }: Deps) {
  return async function dispatch(
    factory: ConnectorFactory,
    config: ConnectorConfig,
    message: MessagesTable,
    { to, words, application, lifetimeSeconds, link, template }: MessageContent,
  ): Promise<SendResult> {
    const { id, connector_id, usage_type, locale } = message;
    const templates = template ? listOf(template) : (config.templates ?? factory.defaultTemplates);
    const payload = {
      // Back ends get, and providers take, no more than the templates ask for.
      ...(isNamed('application.name', templates) && { application: { name: application } }),
      ...words,
      ...(locale && { locale }),
      ...(link && isNamed('link', templates) && { link: link() }),
    };
    // Nobody hears of tests again.
    const isReported = factory.reports?.addressIs === 'sent' && connector_id !== null;
    const data = {
      ...{ to, type: usage_type, payload, messageId: id, lifetimeSeconds },
      ...(template && { template }),
      ...(isReported && { reportUrl: reportAddresses.ofMessage(connector_id, id) }),
    };
    const handedAt = now();
    let result: SendResult;
    try {
      result = await inFlight.track(factory.sendMessage(data, config));
    } catch (error) {
      const failure = failureOf(error);
      await suppressions.note(message, failure).catch(isKnownByTheNext);
      const { retry: _, isMailboxGone: __, ...known } = failure.data;
      const state = mayBeOut(failure) ? 'unclear' : 'failed';
      settle(message, { state, handedAt, error: JSON.stringify({ code: `connector.${failure.code}`, ...known }) });
      throw apiErrorOf(failure);
    }
    const providerMessageId = printable(result.providerMessageId);
    settle(message, { state: 'accepted', handedAt, providerMessageId });
    return { ...result, providerMessageId };
  };
}
export type Dispatch = ReturnType<typeof createDispatch>;

/** An id as the provider gave it, without what a database or a terminal might not take. */
function printable(id: string | undefined): string | undefined {
  return id?.replace(/\p{Cc}/gu, '').slice(0, maxIdLength) || undefined;
}
