import helmet from '@fastify/helmet';
import Fastify, {
  type FastifyInstance,
  type FastifyServerOptions,
  LogController,
  type onRequestHookHandler,
} from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { handleErrors } from './http/errors.ts';
import { registerManagementApi } from './http/management/index.ts';
import { serveOpenApi } from './http/openapi.ts';
import { getStatus } from './http/status/get-status.ts';
import type { Services } from './services.ts';

const maxBodyBytes = 256 * 1024;

/** What the app is made of. */
export type AppDeps = {
  services: Services;
  settings: { publicUrl: string; trustProxy: FastifyServerOptions['trustProxy'] };
  /** Lets a request to the Management API through, or throws. */
  authenticate: onRequestHookHandler;
  logger: FastifyServerOptions['logger'];
  /** What else is served: OpenID Connect, pages. */
  mounts: readonly ((app: FastifyInstance) => void | Promise<void>)[];
};

/** Nothing inline, nothing from elsewhere, in no frame. */
const contentSecurityPolicy = {
  defaultSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};

/** The server as a value: it listens on no port and reads no settings of its own. */
export async function createApp({
  services,
  settings,
  authenticate,
  logger,
  mounts,
}: AppDeps): Promise<FastifyInstance> {
  const app = Fastify({
    logger: logger ?? false,
    bodyLimit: maxBodyBytes,
    trustProxy: settings.trustProxy ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    requestTimeout: 30_000,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 256 },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler);
  handleErrors(app);
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurityPolicy },
    strictTransportSecurity: settings.publicUrl.startsWith('https:'),
  });
  await serveOpenApi(app, settings);
  await app.register(async (api) => getStatus(api.withTypeProvider<ZodTypeProvider>(), services), { prefix: '/api' });
  await app.register(
    async (api) => {
      api.addHook('onRequest', authenticate);
      registerManagementApi(api.withTypeProvider<ZodTypeProvider>(), services);
    },
    { prefix: '/api' },
  );
  for (const mount of mounts) await mount(app);
  return app;
}
