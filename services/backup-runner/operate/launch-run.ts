import type { Secret } from '@innkeeper/shared/config/secret';
import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';

const LaunchReply = z.object({ runId: RunId, state: z.string(), started: z.boolean() });
type LaunchReply = z.infer<typeof LaunchReply>;

/** The function orders a server before it answers. */
const ANSWER_MS_MAX = 120_000;

/** Asks the function for a backup now. A sentence when it does not begin. */
export async function launchRun(order: {
  readonly url: string;
  readonly token: Secret | undefined;
  readonly reason: string;
  readonly acceptSmaller: boolean;
}): Promise<Result<LaunchReply, string>> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(order.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(order.token === undefined ? {} : { authorization: `Bearer ${order.token.reveal()}` }),
      },
      body: JSON.stringify({ reason: order.reason, ...(order.acceptSmaller ? { acceptSmaller: true } : {}) }),
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
    body = await readBody(response);
  } catch (error) {
    return err(`The function at ${order.url} does not answer (${error instanceof Error ? error.name : 'unknown'}).`);
  }
  const reply = LaunchReply.safeParse(body);
  if (response.ok && reply.success) return ok(reply.data);
  const hint =
    response.status === 401 || response.status === 403
      ? ' Set BACKUP_LAUNCH_TOKEN: gcloud auth print-identity-token --audiences=URL.'
      : '';
  return err(`The function did not begin a run: it answered ${response.status}.${hint}`);
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Some proxy's page: the status says what happened.
  }
}
