import { z } from 'zod';
import { toVisibleProfile } from '../../sign-in/account-fields.ts';
import type { AppInstance } from '../app-instance.ts';
import { errorResponses } from '../schemas.ts';
import { type AccountDeps, readAccountRequest, tags } from './account-request.ts';

const claim = z.string().max(256).optional();
const address = z.strictObject({
  formatted: claim,
  streetAddress: claim,
  locality: claim,
  region: claim,
  postalCode: claim,
  country: claim,
});
const claims = {
  familyName: claim,
  givenName: claim,
  middleName: claim,
  nickname: claim,
  preferredUsername: claim,
  profile: claim,
  website: claim,
  gender: claim,
  birthdate: claim,
  zoneinfo: claim,
  locale: claim,
};

/** `PATCH /api/my-account/profile` */
export function myProfile(app: AppInstance, deps: AccountDeps): void {
  app.patch(
    '/my-account/profile',
    {
      schema: {
        tags,
        summary: 'Change the profile of the signed-in user',
        description:
          'The standard claims of OpenID Connect; those that are left out stay. Takes the scope `profile`, for the address `address` too.',
        body: z.strictObject({ ...claims, address: address.optional() }),
        response: {
          200: z.record(z.string(), z.unknown()).describe('The profile.'),
          ...errorResponses('account_center.not_enabled', 'account_center.field_not_editable'),
        },
      },
    },
    async (request, reply) => {
      const access = await readAccountRequest(request, reply, deps);
      return toVisibleProfile(await deps.account.updateProfile(access, request.body), access.scopes);
    },
  );
}
