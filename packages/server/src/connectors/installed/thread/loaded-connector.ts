import { AsyncLocalStorage } from 'node:async_hooks';
import { pathToFileURL } from 'node:url';
import type { Afterwards, Connector } from '@sesame/connector-kit';
import {
  type AfterwardsAnswer,
  type AfterwardsCall,
  type ConfigIssue,
  isReportRefusal,
  type Loaded,
  type ReportsCall,
  type ReportsRead,
  type SendCall,
  type Sent,
} from './protocol.ts';

const maxIssues = 50;
/** More than any text message; the server keeps less. */
const maxResultLength = 10_000;

/** A connector's module as its thread uses it; each operation answers with what can become JSON. */
export type LoadedConnector = {
  describe: () => Loaded;
  check: (config: unknown) => ConfigIssue[];
  send: (call: SendCall) => Promise<Sent>;
  readReports: (call: ReportsCall) => Promise<ReportsRead>;
  followUp: (call: AfterwardsCall) => Promise<AfterwardsAnswer>;
};

/** Imports a connector's module, of ours or of Logto's making. @throws whatever the module throws */
export async function loadConnector(entry: string): Promise<LoadedConnector> {
  const create = functionOf(await import(pathToFileURL(entry).href));
  if (!create) throw new TypeError('Its module has no function as default export.');
  const sending = new AsyncLocalStorage<SendCall>();
  // Connectors take the configuration that comes with a message; one that asks for it gets the same.
  const connector = (await create({
    getConfig: async () => sending.getStore()?.config,
    getI18nEmailTemplate: async () => sending.getStore()?.template,
  })) as Connector;
  return {
    describe: () => ({
      type: connector?.type,
      metadata: connector?.metadata,
      lacks: [
        ...(typeof connector?.sendMessage === 'function' ? [] : ['sendMessage']),
        ...(typeof connector?.configGuard?.safeParse === 'function' ? [] : ['configGuard']),
      ],
      ...(typeof connector?.reports?.read === 'function' && { addressIs: connector.reports.addressIs }),
      hasAfterwards: typeof connector?.afterwards === 'function',
    }),
    check: (config) => issuesOf(connector.configGuard.safeParse(config)),
    async send(call) {
      const result = await sending.run(call, () => connector.sendMessage(call.data as never, call.config));
      return { providerMessageId: short(result?.providerMessageId), text: short(result?.text) };
    },
    async readReports({ request, config }) {
      try {
        const read = await connector.reports?.read({ ...request, body: Buffer.from(request.body, 'base64') }, config);
        return { reports: read?.reports, reply: read?.reply };
      } catch (error) {
        const { reason, message } = error as { reason?: unknown; message?: unknown };
        if (!isReportRefusal(reason)) throw error;
        return { refused: reason, message: short(message) ?? '' };
      }
    },
    async followUp({ config, step, message }) {
      const offered = (await connector.afterwards?.(config as never)) ?? {};
      const isOffered = (name: string) => typeof offered[name as keyof Afterwards] === 'function';
      if (!step) return { offers: Object.keys(offered).filter(isOffered) };
      return { reports: (await offered[step]?.(message as never)) ?? [] };
    },
  };
}

type Create = (context: {
  getConfig: (id: string) => Promise<unknown>;
  /** Asked for a usage type and a language: those of the message that is being sent. */
  getI18nEmailTemplate: () => Promise<unknown>;
}) => unknown;

/** A CommonJS module that was compiled from an ES module has its default export one level down. */
function functionOf({ default: first }: { default?: unknown }): Create | undefined {
  const inner = (first as { default?: unknown } | undefined)?.default;
  return [first, inner].find((value): value is Create => typeof value === 'function');
}

function issuesOf(result: ReturnType<Connector['configGuard']['safeParse']>): ConfigIssue[] {
  if (result.success) return [];
  return result.error.issues.slice(0, maxIssues).map(({ path, message }) => ({
    path: path.map(String).join('.').slice(0, 200),
    message: String(message).slice(0, 500),
  }));
}

function short(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, maxResultLength) : undefined;
}
