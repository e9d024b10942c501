import * as z from 'zod';
import { parseJson, type StandInReply, type StandInRequest } from '../stand-ins/stand-in-server.ts';
import { apiError, bearerOf, invalidCredentials } from './google-answers.ts';
import type { IssuedTokens } from './issued-tokens.ts';

/**
 * `entries:write` of Cloud Logging for those whose token reaches it, strict about everything that Google refuses, and
 * what was written, for tests to read. Entries with the same log, time and id are one. In memory only.
 */
export const WRITE_ENTRIES_PATH = '/v2/entries:write';
/** Not Google's: `GET` answers what is kept, oldest first. */
export const KEPT_ENTRIES_PATH = '/_control/log-entries';

export interface LogBook {
  write(request: StandInRequest): StandInReply;
  kept(): StandInReply;
}

const SCOPES_THAT_WRITE = new Set([
  'https://www.googleapis.com/auth/cloud-platform',
  'https://www.googleapis.com/auth/logging.admin',
  'https://www.googleapis.com/auth/logging.write',
]);

// https://docs.cloud.google.com/logging/quotas, read 2026-11-22.
const REQUEST_BYTES_MAX = 10_000_000;
const ENTRY_BYTES_MAX = 256 * 1024;
const LABELS_MAX = 64;
const FUTURE_MAX_MS = 86_400_000;

/** Beyond it the oldest go. */
const KEPT_MAX = 10_000;

const SEVERITIES = [
  'DEFAULT',
  'DEBUG',
  'INFO',
  'NOTICE',
  'WARNING',
  'ERROR',
  'CRITICAL',
  'ALERT',
  'EMERGENCY',
] as const;

const LogName = z.string().regex(/^projects\/[a-z0-9-]+\/logs\/[A-Za-z0-9_.%-]{1,511}$/u);
const Labels = z
  .record(z.string().min(1), z.string())
  .refine(labels => Object.keys(labels).length <= LABELS_MAX, 'too many labels');
/** Of the many resource types only the one that every project has. */
const Resource = z.strictObject({ type: z.literal('global'), labels: z.strictObject({ project_id: z.string() }) });

const Entry = z
  .strictObject({
    logName: LogName.optional(),
    resource: Resource.optional(),
    severity: z.enum(SEVERITIES).default('DEFAULT'),
    timestamp: z.iso.datetime({ offset: true }).optional(),
    insertId: z.string().min(1).optional(),
    labels: Labels.optional(),
    jsonPayload: z.record(z.string(), z.unknown()).optional(),
    textPayload: z.string().optional(),
  })
  .refine(({ jsonPayload, textPayload }) => (jsonPayload === undefined) !== (textPayload === undefined), {
    message: 'has to have one payload',
  })
  .refine(entry => Buffer.byteLength(JSON.stringify(entry)) <= ENTRY_BYTES_MAX, 'exceeds maximum size 256.0K');

const WriteRequest = z.strictObject({
  logName: LogName.optional(),
  resource: Resource.optional(),
  labels: Labels.optional(),
  entries: z.array(z.unknown()).min(1),
  partialSuccess: z.boolean().default(false),
  dryRun: z.boolean().default(false),
});

/** As Cloud Logging has it: with what the request said for all of its entries. */
const KeptEntry = z.object({
  logName: LogName,
  resource: Resource,
  severity: z.enum(SEVERITIES),
  timestamp: z.string(),
  insertId: z.string(),
  labels: Labels,
  jsonPayload: z.record(z.string(), z.unknown()).optional(),
  textPayload: z.string().optional(),
});
type KeptEntry = z.infer<typeof KeptEntry>;

/** What `GET /_control/log-entries` answers. */
export const KeptEntries = z.object({ entries: z.array(KeptEntry) });

export function openLogBook(options: { readonly tokens: IssuedTokens; readonly now: () => number }): LogBook {
  const kept = new Map<string, KeptEntry>();
  let unnamed = 0;

  const keep = (entry: KeptEntry): void => {
    const identity = JSON.stringify([entry.logName, entry.timestamp, entry.insertId]);
    if (kept.has(identity)) return;
    kept.set(identity, entry);
    const [oldest] = kept.keys();
    if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  };

  const complete = (given: unknown, { logName, resource, labels }: z.infer<typeof WriteRequest>) => {
    const parsed = Entry.safeParse(given);
    if (!parsed.success) return undefined;
    const { data } = parsed;
    const nowMs = options.now();
    if (data.timestamp !== undefined && Date.parse(data.timestamp) > nowMs + FUTURE_MAX_MS) return undefined;
    unnamed += data.insertId === undefined ? 1 : 0;
    const whole = KeptEntry.safeParse({
      timestamp: new Date(nowMs).toISOString(),
      insertId: `unnamed-${unnamed}`,
      logName,
      resource,
      ...data,
      labels: { ...labels, ...data.labels },
    });
    return whole.success ? whole.data : undefined;
  };

  return {
    write: request => {
      const grant = options.tokens.find(bearerOf(request) ?? '');
      if (grant === undefined) return invalidCredentials();
      if (!grant.scope.split(' ').some(scope => SCOPES_THAT_WRITE.has(scope))) {
        return apiError('PERMISSION_DENIED', 'Request had insufficient authentication scopes.');
      }
      const parsed = WriteRequest.safeParse(parseJson(request.body));
      if (!parsed.success || request.body.length > REQUEST_BYTES_MAX) {
        return apiError('INVALID_ARGUMENT', 'Invalid JSON payload received.');
      }
      const entries = parsed.data.entries.map(entry => complete(entry, parsed.data));
      const isWhole = !entries.includes(undefined);
      if (!parsed.data.dryRun && (isWhole || parsed.data.partialSuccess)) {
        for (const entry of entries) if (entry !== undefined) keep(entry);
      }
      return isWhole ? { status: 200, body: {} } : apiError('INVALID_ARGUMENT', 'Log entry is not valid.');
    },
    kept: () => ({ status: 200, body: { entries: [...kept.values()] } satisfies z.infer<typeof KeptEntries> }),
  };
}
