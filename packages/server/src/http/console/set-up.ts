import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Administrators } from '../../admin/administrators.ts';
import type { AuditLog } from '../../admin/audit-log.ts';
import type { AppInstance } from '../app-instance.ts';
import type { ConsoleLanguage } from './console-language.ts';
import { stylesheetPath } from './form-pages.ts';
import { languageOf, sendPage, takeForms, toProblem, typed } from './form-requests.ts';
import { closedLinkPage, type SetUpForm, setUpDonePage, setUpPage } from './set-up-pages.ts';
import { setUpTexts } from './set-up-texts.ts';

/** What the set-up page asks of the other rooms. */
export type SetUpServices = {
  administrators: Pick<Administrators, 'isSetupLinkOpen' | 'setUpFirst'>;
  applications: {
    create: (application: {
      name: string;
      type: 'MachineToMachine';
    }) => Promise<{ id: string; secret?: string | undefined }>;
  };
  auditLog: Pick<AuditLog, 'record'>;
  settings: { publicUrl: string; apiIndicator: string };
};

const stylesheet = readFileSync(new URL('./set-up.css', import.meta.url), 'utf8');

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

    scope.get(stylesheetPath, { schema: { hide } }, (_request, reply) =>
      reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(stylesheet),
    );

    scope.get(
      '/console/set-up',
      { schema: { hide, querystring: z.object({ token: typed }) } },
      async ({ query, headers }, reply) => {
        const language = languageOf(headers);
        if (!(await administrators.isSetupLinkOpen(query.token))) return sendPage(reply, 410, closedLinkPage(language));
        return sendPage(reply, 200, setUpPage(language, { token: query.token, username: '', wantsCredentials: false }));
      },
    );

    scope.post(
      '/console/set-up',
      { schema: { hide, body: formSchema } },
      async ({ body: form, headers, log }, reply) => {
        const language = languageOf(headers);
        const outcome = await tryToSetUp(administrators, form, language);
        if (outcome === 'closed') return sendPage(reply, 410, closedLinkPage(language));
        if (outcome !== 'done') {
          const { token, username, credentials } = form;
          return sendPage(
            reply,
            422,
            setUpPage(language, { token, username, wantsCredentials: credentials, problem: outcome }),
          );
        }
        const credentials = form.credentials
          ? await createCredentials(services).catch((error: unknown) => {
              log.error({ err: error }, 'the API credentials could not be created');
              return 'failed' as const;
            })
          : undefined;
        return sendPage(reply, 200, setUpDonePage(language, form.username, credentials));
      },
    );
  });
}

async function tryToSetUp(
  administrators: SetUpServices['administrators'],
  { token, username, password, repeated }: Form,
  language: ConsoleLanguage,
): Promise<'done' | 'closed' | NonNullable<SetUpForm['problem']>> {
  if (!(await administrators.isSetupLinkOpen(token))) return 'closed';
  if (password !== repeated) return { field: 'repeated', message: setUpTexts[language].notRepeated };
  try {
    return (await administrators.setUpFirst({ token, username, password })) ? 'done' : 'closed';
  } catch (error) {
    return toProblem(error, language);
  }
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
