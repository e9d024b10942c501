import type { Log } from '@innkeeper/shared/log/log';
import type { CloudLogging } from './cloud-logging.ts';
import { describeEvents, type Surroundings } from './describe-events.ts';

export interface ForwardPorts extends Surroundings {
  readonly logging: Pick<CloudLogging, 'write'>;
  readonly log: Log;
}

/**
 * What the platform tells of other Workers, to Cloud Logging. Nobody brings it again: what is not written is counted in
 * this Worker's own log and is otherwise only in the Workers Logs of the Worker that said it.
 */
export async function forwardEvents(events: readonly unknown[], ports: ForwardPorts): Promise<void> {
  const entries = await describeEvents(events, ports);
  if (entries.length === 0) return;
  const written = await ports.logging.write(entries);
  if (written.ok) return;
  const workers = [...new Set(entries.map(({ worker }) => worker))].join(' ');
  ports.log.error('entries.not_written', { ...written.error, entries: entries.length, workers });
}
