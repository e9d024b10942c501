import { SIGNATURE_HEADER } from '@innkeeper/shared/backup/sign-request';
import { parseJsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import type { BackupPorts } from '../backup-ports.ts';
import { type ExchangeError, exchange } from '../exchange/exchange.ts';
import { LaunchRequest, launch } from '../launch/launch.ts';
import { type ReportRefusal, report } from '../report/report.ts';
import { sweep } from '../sweep/sweep.ts';
import type { Answer, ReceivedPost } from './json-post.ts';

/** From a post to what the caller sees, for each function. */

export async function answerLaunch(ports: BackupPorts, { body }: ReceivedPost): Promise<Answer> {
  const json = parseJsonObject(body.length === 0 ? EMPTY_OBJECT : body);
  const request = json.ok ? LaunchRequest.safeParse(json.value) : undefined;
  if (request?.success !== true) return { status: 400, json: { error: 'malformed' } };
  const launched = await launch(ports, request.data);
  if (launched.ok) return { status: 200, json: launched.value };
  const { kind, detail } = launched.error;
  ports.log.error('launch.failed', { reason: kind, detail });
  return { status: kind === 'too_many_runs' ? 429 : 503, json: { error: kind } };
}

const EMPTY_OBJECT = new TextEncoder().encode('{}');

/** 503 makes Cloud Scheduler call again, and count. */
export async function answerSweep(ports: BackupPorts): Promise<Answer> {
  const swept = await sweep(ports);
  return { status: swept.undone.length === 0 ? 200 : 503, json: swept };
}

const EXCHANGE_STATUS: Record<ExchangeError, number> = {
  malformed: 400,
  too_large: 413,
  unknown_run: 404,
  wrong_token: 401,
  token_used: 409,
  token_expired: 403,
  wrong_address: 403,
  wrong_state: 409,
  bad_signature: 401,
  runner_outdated: 409,
  not_ready: 409,
  unavailable: 503,
};

export async function answerExchange(ports: BackupPorts, post: ReceivedPost): Promise<Answer> {
  const { body, caller } = post;
  const exchanged = await exchange(ports, { body, caller, signature: post.header(SIGNATURE_HEADER) });
  return exchanged.ok
    ? { status: 200, json: exchanged.value }
    : { status: EXCHANGE_STATUS[exchanged.error], json: { error: exchanged.error } };
}

const REPORT_STATUS: Record<ReportRefusal['error'], number> = {
  too_large: 413,
  malformed: 400,
  unknown_run: 404,
  bad_signature: 401,
  run_over: 409,
  sequence_gap: 409,
  misbehaved: 422,
  unavailable: 503,
};

export async function answerReport(ports: BackupPorts, post: ReceivedPost): Promise<Answer> {
  const reported = await report(ports, { body: post.body, signature: post.header(SIGNATURE_HEADER) });
  return reported.ok
    ? { status: 200, json: reported.value }
    : { status: REPORT_STATUS[reported.error.error], json: { v: 1, ...reported.error } };
}
