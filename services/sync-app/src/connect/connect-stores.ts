import type { FirestoreSdkStore } from '@innkeeper/shared/adapters/node/firestore-sdk';
import type { FirestoreConfig } from '../config.ts';

/** Both Firestore databases, with the credentials of this machine or, where `FIRESTORE_EMULATOR_HOST` is set, the emulator's. */
export interface Stores {
  /** Business and chat data. */
  readonly business: FirestoreSdkStore;
  /** Operations: audit. */
  readonly ops: FirestoreSdkStore;
}

/** Works with both and closes them, however that ends. */
export async function withStores<T>(config: FirestoreConfig, work: (stores: Stores) => Promise<T>): Promise<T> {
  // Half of the start-up time, and a wrong command line never needs it.
  const { firestoreSdk } = await import('@innkeeper/shared/adapters/node/firestore-sdk');
  const project = config.GOOGLE_CLOUD_PROJECT;
  const stores: Stores = {
    business: firestoreSdk({ project, database: config.FIRESTORE_DATABASE }),
    ops: firestoreSdk({ project, database: config.FIRESTORE_OPS_DATABASE }),
  };
  try {
    return await work(stores);
  } finally {
    await Promise.all([stores.business.close(), stores.ops.close()]);
  }
}
