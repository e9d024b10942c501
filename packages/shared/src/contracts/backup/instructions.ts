import * as z from 'zod';
import { RunId } from './run-id.ts';

/**
 * All that a server is told at its birth, as a JSON file that cloud-init writes from user_data. Every process on the
 * server can read user_data, so the token is good once, for one key, for a few minutes.
 */
export const RunInstructions = z.strictObject({
  v: z.literal(1),
  runId: RunId,
  exchangeUrl: z.url(),
  /** 32 random bytes, base64url. */
  token: z.string().regex(/^[A-Za-z0-9_-]{43}$/u),
});
export type RunInstructions = z.infer<typeof RunInstructions>;

/** Where cloud-init puts it, readable by root only. The systemd unit passes this path to the runner. */
export const INSTRUCTIONS_PATH = '/run/innkeeper/run.json';

/** The systemd unit of the snapshot that runs the runner. cloud-init starts it once the instructions are there. */
export const RUNNER_UNIT = 'innkeeper-backup.service';
