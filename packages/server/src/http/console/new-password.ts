import type { FastifyBaseLogger } from 'fastify';
import { z } from 'zod';
import type { Administrator } from '../../admin/administrator.ts';
import type { Administrators } from '../../admin/administrators.ts';
import type { AuditLog } from '../../admin/audit-log.ts';
import type { AppInstance } from '../app-instance.ts';
import { takeForms } from '../bodies.ts';
import type { ConsoleLanguage } from './console-language.ts';
import type { FieldProblem } from './form-pages.ts';
import { languageOf, problemsIn, sendPage, typed } from './form-requests.ts';
import { closedPasswordLinkPage, newPasswordDonePage, newPasswordPage } from './new-password-pages.ts';

/** What the page asks of the other rooms. */
export type NewPasswordServices = {
  administrators: Pick<Administrators, 'passwordLinks'>;
  auditLog: Pick<AuditLog, 'record'>;
};

const path = '/console/new-password';
const formSchema = z.object({ token: typed, password: typed, repeated: typed });

/**
 * `GET /console/new-password?token=…` and `POST /console/new-password`: a page by which an administrator with a link
 * chooses a new password.
 */
export function newPassword(app: AppInstance, { administrators, auditLog }: NewPasswordServices): void {
  const { passwordLinks } = administrators;

  async function choose(
    { username }: Administrator,
    { token, password, repeated }: z.output<typeof formSchema>,
    language: ConsoleLanguage,
  ): Promise<Administrator | FieldProblem[] | undefined> {
    const problems = problemsIn({ username, password, repeated }, language);
    return problems.length > 0 ? problems : passwordLinks.use({ token, password });
  }

  async function record(administrator: Administrator, log: FastifyBaseLogger): Promise<void> {
    const actor = { type: 'administrator', id: administrator.id, name: administrator.username } as const;
    const subject = { type: 'administrator', id: administrator.id };
    const change = { action: 'administrator.choose-password', subject, details: {} };
    try {
      await auditLog.record(actor, change);
    } catch (error) {
      // The change is made, so the person is told so; the log of the server has to do for the record.
      log.error({ err: error, change, caller: actor }, 'a change is missing in the audit log');
    }
  }

  // A scope of its own, so that no other operation takes forms.
  app.register(async (scope: AppInstance) => {
    takeForms(scope);
    const hide = true;

    scope.get(
      path,
      { schema: { hide, querystring: z.object({ token: typed }) } },
      async ({ query, headers }, reply) => {
        const language = languageOf(headers);
        const { token } = query;
        const administrator = await passwordLinks.find(token);
        if (!administrator) return sendPage(reply, 410, closedPasswordLinkPage(language));
        return sendPage(reply, 200, newPasswordPage(language, { token, username: administrator.username }));
      },
    );

    scope.post(path, { schema: { hide, body: formSchema } }, async ({ body: form, headers, log }, reply) => {
      const language = languageOf(headers);
      const { token } = form;
      const found = await passwordLinks.find(token);
      const outcome = found && (await choose(found, form, language));
      if (!outcome) return sendPage(reply, 410, closedPasswordLinkPage(language));
      if (Array.isArray(outcome)) {
        const { username } = found;
        return sendPage(reply, 422, newPasswordPage(language, { token, username, problems: outcome }));
      }
      await record(outcome, log);
      return sendPage(reply, 200, newPasswordDonePage(language, outcome.username));
    });
  });
}
