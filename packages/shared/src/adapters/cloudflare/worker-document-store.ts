import type { DocumentStore } from '../../ports/document-store.ts';
import { firestoreRest } from '../firestore/firestore-rest.ts';
import type { GoogleSettings } from '../google-auth/google-config.ts';
import { durableAccessTokens } from './durable-access-tokens.ts';
import type { GoogleTokenKeeper } from './google-token-keeper.ts';

/** All isolates of a Worker share this one object. */
const KEEPER_NAME = 'fleet';

/**
 * Firestore for a Worker. Build it once per isolate, outside the request: it remembers the token between requests.
 * `GOOGLE_TOKEN` is the binding of the class `GoogleTokenKeeper`.
 */
export function workerDocumentStore(
  google: GoogleSettings,
  bindings: { readonly GOOGLE_TOKEN: DurableObjectNamespace<GoogleTokenKeeper> },
): DocumentStore {
  return firestoreRest({
    baseUrl: google.firestoreBaseUrl,
    project: google.project,
    database: google.firestoreDatabase,
    tokens: durableAccessTokens({
      keeper: refused => bindings.GOOGLE_TOKEN.getByName(KEEPER_NAME).issuedToken(refused),
      now: () => Date.now(),
    }),
    fetch: (...call) => fetch(...call),
    random: () => Math.random(),
    sleep: ms => scheduler.wait(ms),
  });
}
