import { findEmulators } from './find-emulators.ts';
import { freePort } from './free-port.ts';
import { type JavaCommand, JVM_FLAGS, javaBinary, type RunningEmulator, startJava } from './java-process.ts';

/**
 * Google's Firestore emulator: REST and gRPC on one port, data in memory, any number of projects and databases.
 * It checks no credentials (the proxy in `../google` does) and sends triggers to `functionsEmulator` once, unrepeated.
 */
export interface FirestoreEmulatorOptions {
  readonly jar: string;
  readonly port: number;
  /** Needed even where nobody connects to it: the default port would collide with another emulator's. */
  readonly websocketPort: number;
  /** `host:port` that receives trigger events. */
  readonly functionsEmulator?: string;
  readonly projectId: string;
  /** Heap of the JVM. 256 serves tests and the demo. */
  readonly heapMb?: number;
}

const HEAP_MB = 256;

/** The command line; the archive has no manifest, so its main class is named. */
export function firestoreCommand(options: FirestoreEmulatorOptions): JavaCommand {
  return {
    command: javaBinary(),
    args: [
      `-Xmx${options.heapMb ?? HEAP_MB}m`,
      ...JVM_FLAGS,
      '-cp',
      options.jar,
      'com.google.cloud.datastore.emulator.firestore.CloudFirestore',
      '--host=127.0.0.1',
      `--port=${options.port}`,
      `--websocket_port=${options.websocketPort}`,
      ...(options.functionsEmulator === undefined ? [] : [`--functions_emulator=${options.functionsEmulator}`]),
      `--project_id=${options.projectId}`,
    ],
    port: options.port,
  };
}

/** Resolves when it serves. Throws with a sentence for a person when Java or the emulator is missing. */
export async function startFirestoreEmulator(options: {
  port?: number;
  functionsEmulator?: string;
  projectId: string;
  jar?: string;
}): Promise<RunningEmulator> {
  const command = firestoreCommand({
    jar: options.jar ?? locateJar(),
    port: options.port ?? (await freePort()),
    websocketPort: await freePort(),
    projectId: options.projectId,
    ...(options.functionsEmulator === undefined ? {} : { functionsEmulator: options.functionsEmulator }),
  });
  return startJava('The Firestore emulator', command);
}

function locateJar(): string {
  const found = findEmulators();
  if (!found.ok) throw new Error(found.error.detail);
  return found.value.firestore;
}
