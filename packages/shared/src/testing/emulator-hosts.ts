import { inject } from 'vitest';

/**
 * Addresses of the emulators that the global setup of the `edge` tests started. All test files share them: use a project
 * id of your own.
 */
export interface EmulatorHosts {
  firestoreHost: string;
  pubsubHost: string;
  triggerRelayUrl: string;
}

declare module 'vitest' {
  interface ProvidedContext extends EmulatorHosts {}
}

/** `127.0.0.1:port`: the value of `FIRESTORE_EMULATOR_HOST`. */
export const firestoreEmulatorHost = (): string => inject('firestoreHost');

/** `127.0.0.1:port`: the value of `PUBSUB_EMULATOR_HOST`. */
export const pubsubEmulatorHost = (): string => inject('pubsubHost');

/** Makes the Firestore emulator deliver the trigger events of `projectId` to `targetUrl` (scheme, host and port). */
export async function receiveTriggers(projectId: string, targetUrl: string): Promise<void> {
  const response = await fetch(`${inject('triggerRelayUrl')}/_control/projects/${projectId}`, {
    method: 'PUT',
    body: targetUrl,
  });
  if (!response.ok) throw new Error(`the trigger relay answered ${response.status}`);
}
