import { accountCenterSchema } from '../../experience/account-center.ts';
import type { AppInstance } from '../app-instance.ts';
import { publicErrorResponses } from '../schemas.ts';
import { type ExperienceDeps, security, tags } from './flow-request.ts';

/** `GET /api/.well-known/account-center` */
export function getAccountCenter(app: AppInstance, { accountCenter }: ExperienceDeps): void {
  app.get(
    '/.well-known/account-center',
    {
      schema: {
        tags,
        security,
        summary: 'Get what an account page of one’s own needs',
        response: { 200: accountCenterSchema, ...publicErrorResponses() },
      },
    },
    () => accountCenter.read(),
  );
}
