import { findEmulators } from './find-emulators.ts';
import { freePort } from './free-port.ts';
import { type JavaCommand, JVM_FLAGS, javaBinary, type RunningEmulator, startJava } from './java-process.ts';

/**
 * Google's Pub/Sub emulator: REST and gRPC on one port, data in memory. Its dead letters lose messages and its filters
 * are ignored; subscriptions here are made without either.
 */
export interface PubsubEmulatorOptions {
  readonly jar: string;
  readonly port: number;
  /** Heap of the JVM. 256 serves tests and the demo. */
  readonly heapMb?: number;
}

const HEAP_MB = 256;

export function pubsubCommand(options: PubsubEmulatorOptions): JavaCommand {
  return {
    command: javaBinary(),
    args: [
      `-Xmx${options.heapMb ?? HEAP_MB}m`,
      ...JVM_FLAGS,
      '-jar',
      options.jar,
      '--host=127.0.0.1',
      `--port=${options.port}`,
    ],
    port: options.port,
  };
}

/** Resolves when it serves. Throws with a sentence for a person when Java or the emulator is missing. */
export async function startPubsubEmulator(options: { port?: number; jar?: string } = {}): Promise<RunningEmulator> {
  const jar = options.jar ?? locateJar();
  return startJava('The Pub/Sub emulator', pubsubCommand({ jar, port: options.port ?? (await freePort()) }));
}

function locateJar(): string {
  const found = findEmulators();
  if (!found.ok) throw new Error(found.error.detail);
  return found.value.pubsub;
}
