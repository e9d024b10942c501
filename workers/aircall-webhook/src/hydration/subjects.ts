import type { Insight } from '@innkeeper/shared/adapters/aircall/aircall-client';
import type { RecordKind } from '@innkeeper/shared/domain/ids';

/** What can be marked to be read from Aircall. Of an insight the id is that of its call. */
export const insightOf = {
  'call-transcript': 'transcription',
  'call-summary': 'summary',
  'call-topics': 'topics',
  'call-sentiment': 'sentiments',
  'call-action-items': 'action_items',
} as const satisfies Record<string, Insight>;
export type InsightSubject = keyof typeof insightOf;

export const isInsightSubject = (subject: string): subject is InsightSubject => Object.hasOwn(insightOf, subject);

/** Kind of the record that a subject is of, or is a part of. */
export const recordKindOf = (subject: string): RecordKind => (subject === 'contact' ? 'contact' : 'call');
