import { exchangeJson } from '@innkeeper/shared/adapters/http/exchange-json';
import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import type { AccessTokens } from '@innkeeper/shared/ports/access-tokens';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod/mini';
import type { NamedEntry } from './entry.ts';

/**
 * `entries:write` of Cloud Logging, one request for all entries. What may pass (no answer, too many, down) is tried once
 * more after a second, a refused token once more with a new one; entries have ids, so that twice is once. Entries and
 * tokens never reach an error.
 */
export interface CloudLogging {
  write(entries: readonly NamedEntry[]): Promise<Result<void, WriteFailure>>;
  /** Whether an entry would be taken; nothing is written, and nothing is tried again. */
  probe(): Promise<Result<void, WriteFailure>>;
}

export interface WriteFailure {
  /** `denied`: the token or its rights; `refused`: the request; `unavailable`: it may pass. */
  readonly kind: 'denied' | 'refused' | 'unavailable';
  readonly detail: string;
}

export interface CloudLoggingOptions {
  /** Including `/v2`, without a trailing slash. */
  readonly baseUrl: string;
  readonly project: string;
  /** Label of every entry. */
  readonly environment: string;
  readonly tokens: AccessTokens;
  readonly fetch: Fetch;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Alerts and metrics ask for `projects/P/logs/workers`. */
const LOG_ID = 'workers';
/** Two of them, the pause and a slow new token stay within the 30 s that a Tail Worker is given after its handler. */
const TIMEOUT_MS = 5_000;
const REPLY_BYTES_MAX = 64_000; // `{}`, or an error that names each of a hundred entries
const PAUSE_MS = 1_000;

const ErrorReply = z.object({ error: z.object({ status: z.string().check(z.regex(/^[A-Z_]{1,40}$/u)) }) });

export function cloudLogging(options: CloudLoggingOptions): CloudLogging {
  const request = (entries: readonly NamedEntry[], dryRun: boolean) => ({
    logName: `projects/${options.project}/logs/${LOG_ID}`,
    resource: { type: 'global', labels: { project_id: options.project } },
    labels: { environment: options.environment },
    entries: entries.map(logEntryOf),
    partialSuccess: true, // One entry that Google does not like must not cost the others.
    dryRun,
  });

  const send = async (body: object, refused?: string): Promise<Sent> => {
    const token = await options.tokens.token(refused === undefined ? undefined : { refused });
    if (!token.ok) return { result: err({ kind: token.error.kind, detail: `no token (${token.error.detail})` }) };
    const reply = await exchangeJson({
      fetch: options.fetch,
      url: `${options.baseUrl}/entries:write`,
      method: 'POST',
      headers: { authorization: `Bearer ${token.value}` },
      body,
      timeoutMs: TIMEOUT_MS,
      replyBytesMax: REPLY_BYTES_MAX,
    });
    if (!reply.ok) return { result: err({ kind: 'unavailable', detail: `no answer (${reply.error.kind})` }) };
    const { status, json } = reply.value;
    return { result: judge(status, json), ...(status === 401 ? { refused: token.value } : {}) };
  };

  return {
    write: async entries => {
      const body = request(entries, false);
      const { result, refused } = await send(body);
      if (result.ok) return result;
      if (refused !== undefined) return (await send(body, refused)).result;
      if (result.error.kind !== 'unavailable') return result;
      await options.sleep(PAUSE_MS);
      return (await send(body)).result;
    },
    probe: async () => (await send(request([PROBE], true))).result,
  };
}

interface Sent {
  readonly result: Result<void, WriteFailure>;
  /** The token that Google would not take. */
  readonly refused?: string;
}

const PROBE: NamedEntry = { severity: 'WARNING', atMs: 0, worker: 'log-forwarder', payload: 'probe', id: 'probe' };

function logEntryOf({ severity, atMs, worker, payload, id }: NamedEntry) {
  return {
    severity,
    timestamp: new Date(atMs).toISOString(),
    insertId: id,
    labels: { worker },
    ...(typeof payload === 'string' ? { textPayload: payload } : { jsonPayload: payload }),
  };
}

function judge(status: number, json: unknown): Result<void, WriteFailure> {
  if (status >= 200 && status < 300) return ok(undefined);
  const parsed = ErrorReply.safeParse(json);
  const detail = parsed.success ? `${status} ${parsed.data.error.status}` : String(status);
  if (status === 429 || status >= 500) return err({ kind: 'unavailable', detail });
  return err({ kind: status === 401 || status === 403 ? 'denied' : 'refused', detail });
}
