import {
  type AccountCenterStore,
  accountCenterChangeSchema,
  accountCenterSchema,
} from '../../../experience/account-center.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';

const tags = ['Account center'];

/** `GET /api/account-center` and `PATCH /api/account-center` */
export function accountCenter(app: AppInstance, services: { accountCenter: AccountCenterStore }): void {
  app.get(
    '/account-center',
    {
      config: { role: 'viewer', scope: 'read', holdsNumbers: false },
      schema: {
        tags,
        summary: 'Get what users see and change of their account',
        response: { 200: accountCenterSchema, ...errorResponses() },
      },
    },
    () => services.accountCenter.readStored(),
  );
  app.patch(
    '/account-center',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: {
          action: 'account-center.change',
          subject: 'account-center',
          details: ['enabled', 'fields', 'otherRecipients'],
        },
      },
      schema: {
        tags,
        summary: 'Change what users see and change of their account',
        description:
          'For the Account API, and for the page `/account`. What is left out stays as it is; `fields` is replaced as a whole.',
        body: accountCenterChangeSchema,
        response: { 200: accountCenterSchema, ...errorResponses() },
      },
    },
    ({ body }) => services.accountCenter.change(body),
  );
}
