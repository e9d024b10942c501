import { MongoError, MongoErrorLabel, MongoNetworkError, MongoServerError, MongoServerSelectionError } from 'mongodb';
import type { HealingReason, StreamFailure } from './stream-failure.ts';

/**
 * What an error of the driver means for the listener: one table for the stream and the scans. Pure. Only codes and names
 * go into `detail`: messages of servers and drivers may carry addresses and values.
 */
export function classifyFailure(error: unknown): StreamFailure {
  const failure = firstMeaning(error);
  return failure ?? { kind: 'unknown', detail: detailOf(error) };
}

/** The driver wraps what a server said in what it was doing itself: the innermost statement counts. */
function firstMeaning(error: unknown, depth = 0): StreamFailure | undefined {
  if (!(error instanceof Error) || depth > CAUSES_MAX) return undefined;
  const detail = detailOf(error);
  const code = codeOf(error);
  const heals = code === undefined ? undefined : HEALING_CODES.get(code);
  if (heals !== undefined) return { kind: 'heal', reason: heals, detail };
  if (code !== undefined && DENIED_CODES.has(code)) return { kind: 'denied', detail };
  for (const inner of causesOf(error)) {
    const meaning = firstMeaning(inner, depth + 1);
    if (meaning !== undefined && meaning.kind !== 'resume') return meaning;
  }
  if (code !== undefined && RESUMABLE_CODES.has(code)) return { kind: 'resume', detail };
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) {
    return { kind: 'resume', detail };
  }
  if (error instanceof MongoError && RESUMABLE_LABELS.some(label => error.hasErrorLabel(label))) {
    return { kind: 'resume', detail };
  }
  if (RESUMABLE_NAMES.has(error.name) || isNameService(error)) return { kind: 'resume', detail };
  return undefined;
}

/** A failed server selection keeps what each server said. */
function causesOf(error: Error): unknown[] {
  const causes: unknown[] = [error.cause];
  if (error instanceof MongoServerSelectionError) {
    for (const server of error.reason?.servers.values() ?? []) causes.push(server.error);
  }
  return causes;
}

/** What Node says where an SRV address cannot be resolved. */
const isNameService = (error: Error): boolean =>
  'syscall' in error && typeof error.syscall === 'string' && /^(?:query|getaddrinfo)/u.test(error.syscall);

const codeOf = (error: Error): number | undefined =>
  error instanceof MongoError && typeof error.code === 'number' ? error.code : undefined;

function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return `thrown ${typeof error}`;
  const code = codeOf(error);
  const codeName = error instanceof MongoServerError && typeof error.codeName === 'string' ? ` ${error.codeName}` : '';
  return code === undefined ? error.name : `${error.name} ${code}${codeName}`;
}

/** Deeper chains do not occur; a cycle would. */
const CAUSES_MAX = 5;

/** Codes of MongoDB's `error_codes.yml`. */
const HEALING_CODES: ReadonlyMap<number, HealingReason> = new Map([
  [286, 'history_lost'], // ChangeStreamHistoryLost
  [136, 'capped_position_lost'], // CappedPositionLost
  [10_334, 'invalidated'], // BSONObjectTooLarge: an event that cannot be split any further; a scan gets past it
  [260, 'token_invalid'], // InvalidResumeToken
  [280, 'token_invalid'], // ChangeStreamFatalError: the token is not in this oplog
  // A token that does not decode has no code of its own: it depends on where its form ends.
  [9, 'token_invalid'], // FailedToParse
  [40_585, 'token_invalid'],
  [40_615, 'token_invalid'],
  [40_647, 'token_invalid'],
  [40_649, 'token_invalid'],
  [50_811, 'token_invalid'],
]);

const DENIED_CODES: ReadonlySet<number> = new Set([
  11, // UserNotFound
  13, // Unauthorized
  18, // AuthenticationFailed
  33, // RoleNotFound
  8000, // AtlasError: authentication
]);

/** The driver specification's list for change streams, and what a server says while it starts or stops. */
const RESUMABLE_CODES: ReadonlySet<number> = new Set([
  6, // HostUnreachable
  7, // HostNotFound
  43, // CursorNotFound
  50, // MaxTimeMSExpired
  63, // StaleShardVersion
  89, // NetworkTimeout
  91, // ShutdownInProgress
  133, // FailedToSatisfyReadPreference
  150, // StaleEpoch
  189, // PrimarySteppedDown
  234, // RetryChangeStream
  237, // CursorKilled
  262, // ExceededTimeLimit
  9001, // SocketException
  10107, // NotWritablePrimary
  11600, // InterruptedAtShutdown
  11602, // InterruptedDueToReplStateChange
  13388, // StaleConfig
  13435, // NotPrimaryNoSecondaryOk
  13436, // NotPrimaryOrSecondary
  94, // NotYetInitialized
  134, // ReadConcernMajorityNotAvailableYet
]);

const RESUMABLE_LABELS = [
  MongoErrorLabel.ResumableChangeStreamError,
  MongoErrorLabel.RetryableError,
  MongoErrorLabel.SystemOverloadedError,
];

/** Not errors of a server: the driver's pool, our own time limit, and name resolution of an SRV address. */
const RESUMABLE_NAMES: ReadonlySet<string> = new Set([
  'MongoPoolClearedError',
  'MongoWaitQueueTimeoutError',
  'MongoPoolClosedError',
  'MongoTopologyClosedError',
  'MongoOperationTimeoutError',
  'TimeoutError',
]);
