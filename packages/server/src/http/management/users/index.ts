import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { createUser } from './create-user.ts';
import { deleteUser } from './delete-user.ts';
import { getUser } from './get-user.ts';
import { importUsers } from './import-users.ts';
import { listUsers } from './list-users.ts';
import { setUserPassword } from './set-user-password.ts';
import { setUserSuspended } from './set-user-suspended.ts';
import { updateUser } from './update-user.ts';
import { updateUserProfile } from './update-user-profile.ts';
import { userSecondFactor } from './user-second-factor.ts';
import { verifyUserPassword } from './verify-user-password.ts';

const operations = [
  importUsers,
  listUsers,
  createUser,
  getUser,
  updateUser,
  deleteUser,
  setUserPassword,
  setUserSuspended,
  updateUserProfile,
  userSecondFactor,
  verifyUserPassword,
];

/** Everything under `/api/users`, relative to the prefix `/api`. */
export function registerUsers(
  app: AppInstance,
  services: Pick<Services, 'users' | 'experience' | 'userSessions' | 'store' | 'platform' | 'secretKeys'>,
): void {
  for (const register of operations) register(app, services);
}
