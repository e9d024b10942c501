import { parseConfig } from '@innkeeper/shared/config/parse-config';
import * as z from 'zod';

/**
 * The life of a stand-in as a process of the local stack: configured by its environment, started, and closed on SIGTERM
 * or SIGINT. What it keeps must already be durable at any moment; closing only ends connections.
 */
export interface RunningStandIn {
  readonly url: string;
  close(): Promise<void>;
}

/** What the supervisor gives to every process. */
export const processVariables = {
  PORT: z.coerce.number().int().min(0).max(65_535).default(0).describe('port on 127.0.0.1; 0 takes a free one'),
  STATE_DIRECTORY: z.string({ error: 'missing (folder for what must survive a restart)' }),
};

export async function runStandIn<T>(
  name: string,
  schema: z.ZodType<T>,
  start: (config: T) => Promise<RunningStandIn>,
): Promise<void> {
  const running = await start(parseConfig(name, schema, process.env));
  const stop = (): void => {
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(JSON.stringify({ standIn: name, event: 'stand_in.close_failed', error: String(error) }));
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // Last, so that a signal sent in answer to this line finds its handler.
  console.log(JSON.stringify({ standIn: name, event: 'stand_in.started', url: running.url }));
}
