import { Secret } from '@innkeeper/shared/config/secret';
import type { GoogleAuth } from 'google-auth-library';

/**
 * A token of whoever is signed in on this machine, by Google's own rules: `gcloud auth application-default login`,
 * or the
 * federation of a workflow. `given`, a token somebody has made already, goes first. `undefined`: nobody is signed in.
 */
export function googleAccessToken(given: Secret | undefined): () => Promise<Secret | undefined> {
  if (given !== undefined) return () => Promise.resolve(given);
  let auth: Promise<GoogleAuth> | undefined;
  return async () => {
    try {
      auth ??= signIn();
      const token = await (await auth).getAccessToken();
      return typeof token === 'string' && token !== '' ? new Secret(token) : undefined;
    } catch {
      return undefined; // Its reasons differ by library version and quote files; the next step is always to sign in.
    }
  };
}

/** Loaded when it is needed: half a second that a token given by the environment does not cost. */
async function signIn(): Promise<GoogleAuth> {
  const { GoogleAuth: Auth } = await import('google-auth-library');
  return new Auth({ scopes: ['https://www.googleapis.com/auth/cloud-platform'] });
}
