import { readFileSync } from 'node:fs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Administrators } from '../../admin/administrators.ts';
import type { AuditLog } from '../../admin/audit-log.ts';
import type { Platform } from '../../platform.ts';
import type { Devices } from '../../protection/devices.ts';
import type { AppInstance } from '../app-instance.ts';
import { takeForms } from '../bodies.ts';
import { rememberDevice } from '../client.ts';
import { deviceOf } from '../pages/account/device.ts';
import type { ConsoleLanguage } from './console-language.ts';
import { type FieldProblem, scriptPath, stylesheetPath } from './form-pages.ts';
import { languageOf, problemsIn, sendPage, typed } from './form-requests.ts';
import { setSessionCookie } from './session-cookie.ts';
import { closedLinkPage, setUpDonePage, setUpPage } from './set-up-pages.ts';

/** What the set-up page asks of the other rooms. */
export type SetUpServices = {
  administrators: Pick<Administrators, 'isSetupLinkOpen' | 'setUpFirst' | 'signIn'>;
  applications: {
    create: (application: {
      name: string;
      type: 'MachineToMachine';
    }) => Promise<{ id: string; secret?: string | undefined }>;
  };
  auditLog: Pick<AuditLog, 'record'>;
  devices: Devices;
  platform: Pick<Platform, 'now'>;
  settings: { publicUrl: string; apiIndicator: string };
};

const assets = [
  { path: stylesheetPath, type: 'text/css', file: './set-up.css' },
  { path: scriptPath, type: 'text/javascript', file: './set-up.js' },
].map((asset) => ({ ...asset, content: readFileSync(new URL(asset.file, import.meta.url), 'utf8') }));

const formSchema = z.object({
  token: typed,
  username: typed.transform((username) => username.trim()),
  password: typed,
  repeated: typed,
  credentials: typed.transform((value) => value === 'yes'),
});
type Form = z.output<typeof formSchema>;

/** `GET /console/set-up?token=…` and `POST /console/set-up`: a page that makes the first administrator. */
export function setUp(app: AppInstance, services: SetUpServices): void {
  const { administrators } = services;
  // A scope of its own, so that no other operation takes forms.
  app.register(async (scope: AppInstance) => {
    takeForms(scope);
    const hide = true;

    for (const { path, type, content } of assets) {
      scope.get(path, { schema: { hide } }, (_request, reply) =>
        reply.type(`${type}; charset=utf-8`).header('cache-control', 'public, max-age=3600').send(content),
      );
    }

    scope.get(
      '/console/set-up',
      { schema: { hide, querystring: z.object({ token: typed }) } },
      async ({ query, headers }, reply) => {
        const language = languageOf(headers);
        if (!(await administrators.isSetupLinkOpen(query.token))) return sendPage(reply, 410, closedLinkPage(language));
        return sendPage(reply, 200, setUpPage(language, { token: query.token, username: '', wantsCredentials: false }));
      },
    );

    scope.post('/console/set-up', { schema: { hide, body: formSchema } }, async (request, reply) => {
      const { body: form, headers } = request;
      const language = languageOf(headers);
      const outcome = await tryToSetUp(administrators, form, language);
      if (outcome === 'closed') return sendPage(reply, 410, closedLinkPage(language));
      if (outcome !== 'done') {
        const { token, username, credentials: wantsCredentials } = form;
        return sendPage(reply, 422, setUpPage(language, { token, username, wantsCredentials, problems: outcome }));
      }
      // The administrator is made: whatever fails from here on is no reason to say otherwise.
      const orElse =
        <T>(instead: T, what: string) =>
        (error: unknown) => {
          request.log.error({ err: error }, what);
          return instead;
        };
      const isSignedIn = await signIn(request, reply, { form, services }).catch(
        orElse(false, 'the new administrator could not be signed in'),
      );
      const credentials = form.credentials
        ? await createCredentials(services).catch(orElse('failed' as const, 'the API credentials could not be created'))
        : undefined;
      return sendPage(reply, 200, setUpDonePage(language, form.username, { credentials, isSignedIn }));
    });
  });
}

async function tryToSetUp(
  administrators: SetUpServices['administrators'],
  form: Form,
  language: ConsoleLanguage,
): Promise<'done' | 'closed' | FieldProblem[]> {
  if (!(await administrators.isSetupLinkOpen(form.token))) return 'closed';
  const problems = problemsIn(form, language);
  if (problems.length > 0) return problems;
  return (await administrators.setUpFirst(form)) ? 'done' : 'closed';
}

/** Signs in whoever has just chosen the password. @returns whether that went well */
async function signIn(
  request: FastifyRequest,
  reply: FastifyReply,
  { form: { username, password }, services }: { form: Form; services: SetUpServices },
): Promise<boolean> {
  const { administrators, auditLog, platform, settings } = services;
  const signedIn = await administrators.signIn({
    ...{ username, password, client: request.client },
    used: deviceOf(request.headers['user-agent'] ?? ''),
  });
  if (signedIn.outcome !== 'signed-in') return false;
  const { token, expiresAt, administrator } = signedIn;
  const { id } = administrator;
  await auditLog.record(
    { type: 'administrator', id, name: username },
    { action: 'administrator.sign-in', subject: { type: 'administrator', id }, details: { username } },
  );
  setSessionCookie(reply, { token, expiresAt, now: platform.now(), publicUrl: settings.publicUrl });
  rememberDevice(request, reply, { type: 'administrator', id }, services);
  return true;
}

async function createCredentials({ applications, auditLog, settings: { publicUrl, apiIndicator } }: SetUpServices) {
  const name = 'Management API';
  const { id, secret = '' } = await applications.create({ name, type: 'MachineToMachine' });
  const subject = { type: 'application', id };
  await auditLog.record(
    { type: 'server', id: 'set-up-link' },
    { action: 'application.create', subject, details: { name } },
  );
  return { clientId: id, clientSecret: secret, publicUrl, apiIndicator };
}
