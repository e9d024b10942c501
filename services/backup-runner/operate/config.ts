import { baseUrl, secret } from '@innkeeper/shared/config/parse-config';
import * as z from 'zod';

/** How the function is asked for a run. */
export const LaunchConfig = z.object({
  BACKUP_LAUNCH_URL: baseUrl('address of the function launch'),
  BACKUP_LAUNCH_TOKEN: z.optional(secret('identity token: gcloud auth print-identity-token')),
});

export const LAUNCH_SECRET_NAMES = ['BACKUP_LAUNCH_TOKEN'] as const;
