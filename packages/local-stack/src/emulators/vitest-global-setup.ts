import type { EmulatorHosts } from '@innkeeper/shared/testing/emulator-hosts';
import type { TestProject } from 'vitest/node';
import { startFirestoreEmulator } from './firestore.ts';
import { startPubsubEmulator } from './pubsub.ts';
import { startTriggerRelay } from './trigger-relay.ts';

// Again here: pnpm may link another copy of vitest into this package than into the one that reads the hosts.
declare module 'vitest' {
  interface ProvidedContext extends EmulatorHosts {}
}

/**
 * One emulator pair for a whole run of the `edge` tests. Test files keep apart by their own project id or by unique
 * document ids, never by clearing: other files run at the same time.
 */
export default async function startEmulatorPair(project: TestProject): Promise<() => Promise<void>> {
  // Otherwise Google's SDKs look for a metadata server on the network before every first call.
  process.env['METADATA_SERVER_DETECTION'] = 'none';
  const relay = await startTriggerRelay();
  const starting = [
    startFirestoreEmulator({ projectId: 'innkeeper-tests', functionsEmulator: relay.address }),
    startPubsubEmulator(),
  ] as const;
  const stop = async (): Promise<void> => {
    const started = await Promise.allSettled(starting);
    await Promise.all(started.map(async result => (result.status === 'fulfilled' ? result.value.close() : undefined)));
    await relay.close();
  };
  try {
    const [firestore, pubsub] = await Promise.all(starting);
    project.provide('firestoreHost', firestore.host);
    project.provide('pubsubHost', pubsub.host);
    project.provide('triggerRelayUrl', relay.url);
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
