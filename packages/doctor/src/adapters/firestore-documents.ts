import { type FirestoreRestOptions, firestoreRest } from '@innkeeper/shared/adapters/firestore/firestore-rest';
import type { StoreError } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { GoogleCredential } from '../ports/google-credential.ts';
import type { DocumentReader } from '../world.ts';

/** Documents by Firestore's REST API, read alone. I/O: `fetch`. */
export interface FirestoreDocumentsOptions
  extends Pick<FirestoreRestOptions, 'baseUrl' | 'project' | 'database' | 'fetch' | 'sleep'> {
  readonly credential: GoogleCredential;
}

export function firestoreDocuments({ credential, fetch, ...options }: FirestoreDocumentsOptions): DocumentReader {
  const store = firestoreRest({
    ...options,
    tokens: { token: async () => ok('replaced by the fetch below') },
    // The adapter knows of tokens alone; a person’s credential also names the project that is billed.
    fetch: async (input, init) => {
      const known = await credential.headers();
      const headers = new Headers(init?.headers);
      for (const [name, value] of Object.entries(known.ok ? known.value.headers : {})) headers.set(name, value);
      return fetch(input, { ...init, headers });
    },
    random: Math.random,
  });
  return {
    getAll: paths => unlessThrown(() => store.getAll(paths)),
    query: question => unlessThrown(() => store.query(question)),
  };
}

/** The adapter throws over documents that are none of Firestore's; whoever only looks is told so. */
async function unlessThrown<T>(read: () => Promise<Result<T, StoreError>>): Promise<Result<T, StoreError>> {
  try {
    return await read();
  } catch {
    return err({ kind: 'refused', detail: 'an answer that is not Firestore’s' });
  }
}
