import { exchangeJson } from '@innkeeper/shared/adapters/http/exchange-json';
import type { Secret } from '@innkeeper/shared/config/secret';
import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';

const LaunchReply = z.object({ runId: RunId, state: z.string(), started: z.boolean() });
type LaunchReply = z.infer<typeof LaunchReply>;

/** The function orders a server before it answers. */
const ANSWER_MS_MAX = 120_000;
/** It answers in a line; what is longer is another server's page. */
const REPLY_BYTES_MAX = 64 * 1024;

/** Asks the function for a backup now. A sentence when it does not begin. */
export async function launchRun(order: {
  readonly url: string;
  readonly token: Secret | undefined;
  readonly reason: string;
  readonly acceptSmaller: boolean;
}): Promise<Result<LaunchReply, string>> {
  const reply = await exchangeJson({
    fetch,
    url: order.url,
    method: 'POST',
    headers: order.token === undefined ? {} : { authorization: `Bearer ${order.token.reveal()}` },
    body: { reason: order.reason, ...(order.acceptSmaller ? { acceptSmaller: true } : {}) },
    timeoutMs: ANSWER_MS_MAX,
    replyBytesMax: REPLY_BYTES_MAX,
  });
  if (!reply.ok) return err(`The function at ${order.url} does not answer (${reply.error.kind}).`);
  const { status, json } = reply.value;
  const launched = status === 200 ? LaunchReply.safeParse(json) : undefined;
  if (launched?.success === true) return ok(launched.data);
  const hint = status === 401 || status === 403 ? ' Set BACKUP_LAUNCH_TOKEN: gcloud auth print-identity-token.' : '';
  return err(`The function did not begin a run: it answered ${status}.${hint}`);
}
