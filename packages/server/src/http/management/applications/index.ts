import type { Applications } from '../../../accounts/applications.ts';
import type { AppInstance } from '../../app-instance.ts';
import { createApplication } from './create-application.ts';
import { deleteApplication } from './delete-application.ts';
import { getApplication } from './get-application.ts';
import { listApplications } from './list-applications.ts';
import { mergeCustomData } from './merge-custom-data.ts';
import { rotateSecret } from './rotate-secret.ts';
import { updateApplication } from './update-application.ts';

const operations = [
  listApplications,
  createApplication,
  getApplication,
  updateApplication,
  mergeCustomData,
  deleteApplication,
  rotateSecret,
];

/** Everything under `/api/applications`, relative to the prefix `/api`. */
export function registerApplications(app: AppInstance, services: { applications: Applications }): void {
  for (const register of operations) register(app, services);
}
