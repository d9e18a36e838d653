import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { CostOfSms, Observer } from '../messaging/observer.ts';
import { makeRoomWhenCrowded } from './crowded.ts';
import { connectionTimeouts, stallMs } from './end-connections.ts';

/** Counts and times for Prometheus. This module is imported only when metrics are on. */
export type Metrics = {
  observer: Observer;
  /** Times every request of the app. */
  observeRequests: (app: FastifyInstance) => void;
  /** The figures in the text format of Prometheus. */
  render: () => Promise<string>;
  contentType: string;
};

/** From half a millisecond, for reads, to ten seconds, the longest that a provider may take. */
const durationBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** From a second to an hour: how long messages take. */
const arrivalBuckets = [1, 2, 3, 5, 10, 20, 30, 60, 120, 300, 600, 3600];
const arrivalLabels = ['country', 'connector'] as const;

const addTo =
  (counter: Counter<'country' | 'connector' | 'currency'>) =>
  ({ country, factoryId, currency, cost }: CostOfSms) =>
    counter.inc({ country: country ?? 'none', connector: factoryId ?? 'none', currency }, cost / 1_000_000);

/** A set of metrics of its own, with those of the process (memory, CPU, lag of the event loop) in it. */
export function createMetrics(): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const counter = <Label extends string = never>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Counter({ name, help, labelNames, registers });
  const seconds = <Label extends string>(name: string, help: string, labelNames: readonly Label[], buckets: number[]) =>
    new Histogram({ name, help, labelNames, buckets, registers });
  const requests = seconds(
    'sesame_http_request_duration_seconds',
    'How long requests took, by route.',
    ['method', 'route', 'status'],
    durationBuckets,
  );
  const messages = counter('sesame_messages_total', 'Messages by what became of them and by connector factory.', [
    'state',
    'connector',
  ]);
  const costs = counter(
    'sesame_sms_cost_total',
    'What the SMS that went out cost by our estimate, by country, connector factory and currency.',
    ['country', 'connector', 'currency'],
  );
  const prices = counter(
    'sesame_sms_price_total',
    'What providers said that SMS cost, by country, connector factory and currency; later than the send, and not by all.',
    ['country', 'connector', 'currency'],
  );
  const verified = counter(
    'sesame_messages_verified_total',
    'Messages whose code was typed in, by country of the number and connector factory. Cost divided by this is the cost of a verified sign-in.',
    [...arrivalLabels, 'network'],
  );
  const delivered = counter(
    'sesame_messages_delivered_total',
    'Messages of which the provider says that they were delivered, by country of the number, connector factory and network (MCC and MNC).',
    [...arrivalLabels, 'network'],
  );
  const secondsToDelivered = seconds(
    'sesame_message_delivered_seconds',
    'How long messages took from the send to when the provider says that they were delivered.',
    arrivalLabels,
    arrivalBuckets,
  );
  const secondsToVerified = seconds(
    'sesame_message_verified_seconds',
    'How long it took from the send of a message to when its code was typed in.',
    arrivalLabels,
    arrivalBuckets,
  );
  const reports = counter(
    'sesame_delivery_reports_total',
    'What providers reported of messages, by connector factory; unknown: of none that is there, refused: not signed or unreadable.',
    ['state', 'connector'],
  );
  const codes = counter('sesame_codes_checked_total', 'Answers to verification codes by their outcome.', ['outcome']);
  const unsettled = counter('sesame_messages_unsettled_total', 'Messages whose outcome could not be recorded at once.');
  const troubles = counter(
    'sesame_human_check_troubles_total',
    'Human checks of which the provider does not answer, or refuses the keys.',
  );
  const decisions = counter('sesame_guard_decisions_total', 'What the guard against SMS pumping decided on sends.', [
    'decision',
    'mode',
  ]);
  const undecided = counter(
    'sesame_guard_failures_total',
    'Sends that the guard could not decide on, or whose decision it could not keep.',
  );
  const nearCaps = counter(
    'sesame_caps_reached_total',
    'Caps on what is spent of which 80 % (warning) or everything (full) was used up.',
    ['period', 'country', 'state'],
  );
  const unanswered = counter(
    'sesame_follow_up_failures_total',
    'How often a provider did not answer what it was asked, or told, of a message after its send.',
    ['step'],
  );
  const unserved = counter(
    'sesame_webhook_failures_total',
    'How often webhooks could not be served because of the database.',
  );
  return {
    observer: {
      messageSettled: (state, factoryId) => messages.inc({ state, connector: factoryId ?? 'none' }),
      smsCosts: addTo(costs),
      smsPriced: addTo(prices),
      messageDelivered({ country, factoryId, network, tookMs }) {
        const labels = { country: country ?? 'none', connector: factoryId ?? 'none' };
        delivered.inc({ ...labels, network: network ?? 'none' });
        secondsToDelivered.observe(labels, tookMs / 1000);
      },
      messageVerified({ country, factoryId, network, tookMs }) {
        const labels = { country: country ?? 'none', connector: factoryId ?? 'none' };
        verified.inc({ ...labels, network: network ?? 'none' });
        secondsToVerified.observe(labels, tookMs / 1000);
      },
      settlingFailed: () => unsettled.inc(),
      reported: (state, factoryId) => reports.inc({ state, connector: factoryId ?? 'none' }),
      codeChecked: (outcome) => codes.inc({ outcome }),
      checkInTrouble: () => troubles.inc(),
      guardDecided: (decision, mode) => decisions.inc({ decision, mode }),
      guardFailed: () => undecided.inc(),
      capNears: ({ period, country, share }) =>
        nearCaps.inc({ period, country: country ?? 'all', state: share >= 1 ? 'full' : 'warning' }),
      hookGone: () => {},
      followUpFailed: (_, step) => unanswered.inc({ step }),
      noticeFailed: () => {},
      deliveryFailed: () => unserved.inc(),
    },
    observeRequests(app) {
      app.addHook('onResponse', (request, reply, done) => {
        // The route, not the path: whatever a client makes up must not become a time series.
        const route = request.routeOptions.url ?? 'none';
        requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
        done();
      });
    },
    render: () => register.metrics(),
    contentType: register.contentType,
  };
}

/** Those who ask for figures are few; a connection takes a file that sign-ins need. */
const mostConnections = 32;

/** Serves `GET /metrics` on a port of its own, so that it need not be open to the world. @throws when it cannot listen */
export async function startMetricsServer(
  { render, contentType }: Pick<Metrics, 'render' | 'contentType'>,
  { host, port }: { host: string; port: number },
): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer(connectionTimeouts, (request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return response.writeHead(404).end();
    render().then(
      (text) => response.setHeader('content-type', contentType).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.setTimeout(stallMs);
  makeRoomWhenCrowded(server, mostConnections);
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
