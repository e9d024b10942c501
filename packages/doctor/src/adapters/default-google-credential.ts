import { err, ok } from '@innkeeper/shared/result/result';
import { GoogleAuth } from 'google-auth-library';
import type { GoogleCredential } from '../ports/google-credential.ts';

/**
 * Google's own search for credentials: GOOGLE_APPLICATION_CREDENTIALS, then those of gcloud, then the machine's. I/O:
 * files, Google's token endpoints.
 */
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
const NONE_FOUND = /could not load the default credentials|enoent|does not exist/iu;
/** OAuth's own words for a sign-in that has ended; Google adds `invalid_rapt` where a company wants it again. */
const SIGN_IN_ENDED = /invalid_grant|invalid_rapt|invalid_client|unauthorized_client|deleted_client|reauth/iu;

export function defaultGoogleCredential(): GoogleCredential {
  // No call here is made through the library: without a project it would ask Google which one this is.
  const auth = new GoogleAuth({ scopes: [SCOPE], projectId: 'not-asked-for' });
  return {
    async headers() {
      try {
        const client = await auth.getClient();
        const headers = Object.fromEntries(await client.getRequestHeaders());
        const ends = client.credentials.expiry_date;
        return ok({ headers, ...(ends == null ? {} : { expiresAt: new Date(ends) }) });
      } catch (error) {
        // The message may quote a file or an answer: only what it speaks of is kept.
        const message = error instanceof Error ? error.message : '';
        if (NONE_FOUND.test(message)) return err({ kind: 'missing' });
        return err({ kind: SIGN_IN_ENDED.test(message) ? 'refused' : 'unreachable' });
      }
    },
  };
}
