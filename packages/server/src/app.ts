import cookie from '@fastify/cookie';
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { registerAccountApi } from './http/account/index.ts';
import type { AppInstance } from './http/app-instance.ts';
import { recordChanges } from './http/audit.ts';
import { createAuditSubjects } from './http/audit-subjects.ts';
import { type Authenticate, createSessionAuthenticate, eitherSessionOr } from './http/authenticate-session.ts';
import { takeReports } from './http/callbacks/take-reports.ts';
import { tellClients } from './http/client.ts';
import { createIsTrusted, type IsTrusted } from './http/client-address.ts';
import { registerConsoleApi } from './http/console/api/index.ts';
import { serveConsole } from './http/console/console-app.ts';
import { newPassword } from './http/console/new-password.ts';
import { setUp } from './http/console/set-up.ts';
import { makeRoomWhenCrowded } from './http/crowded.ts';
import { connectionTimeouts, endConnectionsOnStop, stallMs } from './http/end-connections.ts';
import { answerError, answerUnknownPaths, handleErrors } from './http/errors.ts';
import { registerExperienceApi } from './http/experience/index.ts';
import { parseJson } from './http/json-body.ts';
import { createRequestIds, nameRequests, RequestLog } from './http/logging.ts';
import { registerManagementApi } from './http/management/index.ts';
import type { SystemSettings } from './http/management/system/get-system.ts';
import type { Metrics } from './http/metrics.ts';
import { serveOpenApi } from './http/openapi.ts';
import { tellOrigins } from './http/origins.ts';
import { registerPages } from './http/pages/index.ts';
import { guard } from './http/roles.ts';
import { setSecurityHeaders } from './http/security-headers.ts';
import { getProbes } from './http/status/get-probes.ts';
import { getStatus } from './http/status/get-status.ts';
import { refuseUnknownInput } from './http/strict-input.ts';
import { refuseUnstorableInput } from './http/unstorable-input.ts';
import type { Interactions } from './oidc/interactions.ts';
import type { Services } from './services.ts';

const maxBodyBytes = 256 * 1024;

type CompilersFactory = NonNullable<FastifyServerOptions['schemaController']>['compilersFactory'];

/**
 * Named from the begin, so that Fastify does not load the compilers of JSON Schema that it has by default, a hundred
 * modules. Its types know no other schemas here.
 */
const compilersFactory = {
  buildValidator: () => validatorCompiler,
  buildSerializer: () => serializerCompiler,
} as unknown as CompilersFactory;

/** What the app is made of. */
export type AppDeps = {
  services: Services;
  settings: { publicUrl: string; apiIndicator: string; trustedProxies: string[]; system?: SystemSettings };
  /** Lets a request to the Management API that has no session of the Console through, or throws. */
  authenticate: Authenticate;
  logger: FastifyServerOptions['logger'];
  metrics: Pick<Metrics, 'observeRequests'> | undefined;
  /** The sign-ins that applications ask for. */
  interactions: Interactions;
  /** What else is served: OpenID Connect, pages. */
  mounts: readonly ((app: FastifyInstance) => void | Promise<void>)[];
};

/** The server as a value: it listens on no port and reads no settings of its own. */
export async function createApp(deps: AppDeps): Promise<FastifyInstance> {
  const { services, settings, logger, metrics } = deps;
  const isTrusted = createIsTrusted(settings.trustedProxies);
  const app = Fastify({
    logger: logger ?? false,
    bodyLimit: maxBodyBytes,
    trustProxy: isTrusted,
    logController: new RequestLog(),
    genReqId: createRequestIds(services.platform),
    forceCloseConnections: 'idle',
    requestTimeout: connectionTimeouts.requestTimeout,
    connectionTimeout: stallMs,
    http: connectionTimeouts,
    frameworkErrors: answerError,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 256 },
    schemaController: { compilersFactory },
  }).withTypeProvider<ZodTypeProvider>();
  app.removeContentTypeParser('text/plain');
  parseJson(app);
  handleErrors(app);
  refuseUnknownInput(app);
  nameRequests(app);
  endConnectionsOnStop(app, services.messaging.drainSends);
  makeRoomWhenCrowded(app.server);
  metrics?.observeRequests(app);
  await takeReports(app, { ...services, settings });
  await app.register((scope) => serveEverybody(scope.withTypeProvider<ZodTypeProvider>(), { ...deps, isTrusted }));
  return app;
}

/** What people, their browsers and applications ask for. */
async function serveEverybody(
  app: AppInstance,
  { services, settings, authenticate, interactions, mounts, isTrusted }: AppDeps & { isTrusted: IsTrusted },
): Promise<void> {
  tellClients(app, { ...services, isTrusted, settings });
  setSecurityHeaders(app, settings);
  tellOrigins(app);
  refuseUnstorableInput(app);
  answerUnknownPaths(app);
  app.decorateRequest('caller', undefined);
  // Cookies are parsed where one is looked for.
  await app.register(cookie, { hook: false });
  await serveOpenApi(app, settings);
  getStatus(app, services);
  getProbes(app, services);
  setUp(app, { ...services, settings });
  newPassword(app, services);
  await serveConsole(app, services);
  await registerPages(app, { ...services, interactions, settings });
  await app.register(
    async (scope) => {
      const api = scope.withTypeProvider<ZodTypeProvider>();
      registerExperienceApi(api, { ...services, interactions, settings });
      registerAccountApi(api, { ...services, interactions });
    },
    { prefix: '/api' },
  );
  const authenticateSession = createSessionAuthenticate({ ...services, settings });
  const auditSubjects = createAuditSubjects(services);
  await app.register(
    async (scope) => {
      const api = scope.withTypeProvider<ZodTypeProvider>();
      recordChanges(api, services.auditLog, auditSubjects);
      registerConsoleApi(api, { ...services, settings }, authenticateSession);
    },
    { prefix: '/api' },
  );
  await app.register(
    async (scope) => {
      const api = scope.withTypeProvider<ZodTypeProvider>();
      guard(api, eitherSessionOr(authenticateSession, authenticate, settings));
      recordChanges(api, services.auditLog, auditSubjects);
      registerManagementApi(api, services, settings.system);
    },
    { prefix: '/api' },
  );
  for (const mount of mounts) await mount(app);
}
