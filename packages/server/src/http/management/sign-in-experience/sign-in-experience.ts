import {
  type SignInExperienceStore,
  signInExperienceChangeSchema,
  signInExperienceSchema,
} from '../../../experience/sign-in-experience.ts';
import type { AppInstance } from '../../app-instance.ts';
import { logtoSignInExperienceFields } from '../../logto-fields.ts';
import { errorResponses } from '../../schemas.ts';

const tags = ['Sign-in experience'];

/** `GET /api/sign-in-exp` and `PATCH /api/sign-in-exp` */
export function signInExperience(app: AppInstance, { experience }: { experience: SignInExperienceStore }): void {
  app.get(
    '/sign-in-exp',
    {
      config: { role: 'viewer', holdsNumbers: false },
      schema: {
        tags,
        summary: 'Get the sign-in experience',
        response: { 200: signInExperienceSchema, ...errorResponses() },
      },
    },
    () => experience.read(),
  );
  app.patch(
    '/sign-in-exp',
    {
      config: {
        role: 'operator',
        audit: {
          action: 'sign-in-experience.change',
          subject: 'sign-in-experience',
          details: Object.keys(signInExperienceSchema.shape),
        },
      },
      schema: {
        tags,
        summary: 'Change the sign-in experience',
        description: 'What is left out stays as it is; lists are replaced as a whole.',
        body: signInExperienceChangeSchema.extend(logtoSignInExperienceFields),
        response: { 200: signInExperienceSchema, ...errorResponses() },
      },
    },
    ({ body }) => experience.change(body),
  );
}
