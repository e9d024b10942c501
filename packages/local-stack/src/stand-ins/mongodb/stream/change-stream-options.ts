import { Timestamp } from 'bson';
import type { BsonDocument, BsonValue } from '../bson/bson-document.ts';
import { type ClusterTime, fromTimestamp } from '../store/cluster-time.ts';
import { CommandError } from '../wire/command-error.ts';
import { parseResumeToken, type ResumePoint } from './resume-token.ts';

const FULL_DOCUMENT = ['default', 'updateLookup', 'whenAvailable', 'required'] as const;
const BEFORE = ['off', 'whenAvailable', 'required'] as const;

/** What a stream follows. */
export type Scope =
  | { readonly of: 'collection'; readonly db: string; readonly collection: string }
  | { readonly of: 'database'; readonly db: string }
  | { readonly of: 'cluster' };

export interface ChangeStreamOptions {
  readonly fullDocument: (typeof FULL_DOCUMENT)[number];
  readonly fullDocumentBeforeChange: (typeof BEFORE)[number];
  /** Where to go on; now, if absent. */
  readonly start: { readonly after: ResumePoint } | { readonly at: ClusterTime } | undefined;
  readonly coversCluster: boolean;
}

/** The operand of `$changeStream`. @throws CommandError. */
export function parseChangeStreamOptions(stage: BsonDocument): ChangeStreamOptions {
  for (const key of stage.keys()) {
    if (!KNOWN.has(key)) throw new CommandError(40_415, `BSON field '$changeStream.${key}' is an unknown field.`);
  }
  return {
    fullDocument: oneOf(stage.get('fullDocument') ?? 'default', FULL_DOCUMENT, 'fullDocument'),
    fullDocumentBeforeChange: oneOf(stage.get('fullDocumentBeforeChange') ?? 'off', BEFORE, 'fullDocumentBeforeChange'),
    start: parseStart(stage),
    coversCluster: stage.get('allChangesForCluster') === true,
  };
}

const KNOWN = new Set([
  'fullDocument',
  'fullDocumentBeforeChange',
  'resumeAfter',
  'startAfter',
  'startAtOperationTime',
  'allChangesForCluster',
  'showExpandedEvents',
]);

function parseStart(stage: BsonDocument): ChangeStreamOptions['start'] {
  const given = ['resumeAfter', 'startAfter', 'startAtOperationTime'].filter(key => stage.get(key) !== undefined);
  if (given.length > 1) throw new CommandError(50_865, `Do not specify more than one of ${given.join(' and ')}`);
  const time = stage.get('startAtOperationTime');
  if (time !== undefined) {
    if (!(time instanceof Timestamp)) throw new CommandError(14, 'startAtOperationTime must be a timestamp');
    return { at: fromTimestamp(time) };
  }
  const token = stage.get('resumeAfter') ?? stage.get('startAfter');
  if (token === undefined) return undefined;
  const after = parseResumeToken(token);
  if (after.isInvalidate && stage.has('resumeAfter')) {
    throw new CommandError(
      260,
      "Attempting to resume a change stream using 'resumeAfter' is not allowed from an invalidate notification.",
    );
  }
  return { after };
}

function oneOf<T extends string>(value: BsonValue, allowed: readonly T[], name: string): T {
  const found = allowed.find(option => option === value);
  if (found === undefined)
    throw new CommandError(2, `Enumeration value ${JSON.stringify(value)} for field '${name}' is not valid.`);
  return found;
}
