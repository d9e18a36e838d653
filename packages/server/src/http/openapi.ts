import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyContextConfig, FastifyReply } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { managementScopeTexts, scopesOpening } from '../accounts/resources/management-scopes.ts';
import { version } from '../version.ts';
import type { AppInstance } from './app-instance.ts';
import { sessionCookieName } from './console/session-cookie.ts';
import type {} from './roles.ts';
import { withErrors } from './schemas.ts';

/** As everywhere, but for the styles that the page sets on its elements. It has no address to be upgraded to https. */
const contentSecurityPolicy =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; " +
  "form-action 'self'; frame-ancestors 'none'";

type Operation = Parameters<typeof jsonSchemaTransform>[0];
type Transformed = ReturnType<typeof jsonSchemaTransform>;

const withRefusals = ({ schema, ...operation }: Operation): Operation => ({
  ...operation,
  schema: { ...schema, ...(schema?.response ? { response: withErrors(schema.response) } : {}) },
});

/** Says in the description which role of an administrator and which scope of a token the operation takes. */
function withRole({ schema, url }: Transformed, { role, scope }: FastifyContextConfig = {}): Transformed {
  if (role === undefined) return { schema, url };
  const takes = `An administrator needs the role \`${role}\`${role === 'owner' ? '' : ' or more'}.`;
  const scopes =
    scope &&
    `An access token needs ${scopesOpening(scope)
      .map((name) => `\`${name}\``)
      .join(' or ')}.`;
  return { schema: { ...schema, description: [schema.description, takes, scopes].filter(Boolean).join(' ') }, url };
}

/** Schemas come as they are taken and as they are given; most are in use as one of the two. */
function withoutUnused(document: ReturnType<typeof jsonSchemaTransformObject>): typeof document {
  const { components = {}, ...rest } = document as { components?: { schemas?: object } };
  const text = JSON.stringify(rest);
  const isUsed = ([name]: [string, unknown]) => text.includes(`"#/components/schemas/${name}"`);
  const schemas = Object.fromEntries(Object.entries(components.schemas ?? {}).filter(isUsed));
  return { ...rest, components: { ...components, schemas } };
}

/** Collects the schemas of the operations registered after it, and serves them at `/api/swagger.json` and `/api/docs`. */
export async function serveOpenApi(app: AppInstance, { publicUrl }: { publicUrl: string }): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Sesame',
        version,
        description: `Verification codes by SMS through one live connector. Get an access token at \`${publicUrl}/oidc/token\` with client credentials, \`resource\` and \`scope=all\`, or a narrower scope that the operations name. Query parameters and fields that an operation does not have are refused with \`guard.invalid_input\`, by name.`,
      },
      servers: [{ url: publicUrl }],
      components: {
        securitySchemes: {
          managementApi: {
            type: 'oauth2',
            flows: {
              clientCredentials: { tokenUrl: `${publicUrl}/oidc/token`, scopes: managementScopeTexts },
            },
          },
          consoleSession: {
            type: 'apiKey',
            in: 'cookie',
            name: sessionCookieName(publicUrl),
            description:
              'An administrator’s session, from `POST /api/console/sign-in`. Whatever changes something also needs the header `X-Sesame-Console: 1` and must not come from another site.',
          },
        },
      },
      security: [{ managementApi: ['all'] }, { consoleSession: [] }],
    },
    transform: (operation) =>
      withRole(jsonSchemaTransform(withRefusals(operation)), operation.route.config as FastifyContextConfig),
    transformObject: (document) => withoutUnused(jsonSchemaTransformObject(document)),
  });
  let written: Buffer | undefined;
  // Anybody may ask, and to write it takes tens of milliseconds: it is written once, and unread answers share its bytes.
  const send = (reply: FastifyReply) => {
    written ??= Buffer.from(JSON.stringify(app.swagger()));
    return reply.type('application/json; charset=utf-8').send(written);
  };
  app.get('/api/swagger.json', { schema: { hide: true } }, (_request, reply) => send(reply));
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    uiHooks: {
      preHandler(request, reply, next) {
        if (request.routeOptions.url !== '/api/docs/json') return next();
        send(reply);
      },
    },
    staticCSP: contentSecurityPolicy,
    // A hundred operations that are laid out at once keep a browser busy for seconds.
    uiConfig: { docExpansion: 'none', deepLinking: true },
  });
}
