import type { RecordOf } from './business-record.ts';
import type { RecordKind } from './ids.ts';

/**
 * What of a record may stay once the person in it was erased: the business keeps that a home was taken, when and how it
 * ended, and nothing about who it was. A fact that is not named here goes, so that one added later cannot be forgotten.
 * Pure.
 */
type FactNames<K extends RecordKind> = readonly (keyof RecordOf<K>['facts'] & string)[];

interface Anonymous<K extends RecordKind> {
  readonly keep: FactNames<K>;
  /** Facts a record cannot be without, and what they become. */
  readonly blank?: Partial<RecordOf<K>['facts']>;
}

/** `everything`: there is no person in it. */
const ANONYMOUS: { readonly [K in RecordKind]: Anonymous<K> | 'everything' } = {
  reservation: {
    keep: [
      'reservationId',
      'status',
      'statusText',
      'guestId',
      'guestsCount',
      'children',
      'stay',
      'channel',
      'bookedAt',
      'changedAt',
    ],
  },
  guest: { keep: ['guestId'] },
  'guest-message': {
    keep: ['postId', 'conversationId', 'reservationId', 'guestId', 'listingId', 'author', 'channel', 'sentAt'],
    blank: { text: '' },
  },
  // People write the guest's name into the title.
  task: {
    keep: [
      'taskId',
      'status',
      'listingId',
      'reservationId',
      'assignee',
      'startsAt',
      'canStartAfter',
      'mustFinishBefore',
    ],
    blank: { title: '' },
  },
  call: {
    keep: [
      ...(['callId', 'direction', 'stage', 'missedReason', 'startedAt', 'answeredAt', 'endedAt'] as const),
      ...(['durationSeconds', 'line', 'agent', 'assignedTo', 'transferredTo', 'archived', 'onHold'] as const),
      ...(['hasVoicemail', 'hasRecording'] as const),
    ],
  },
  'text-message': {
    keep: ['messageId', 'direction', 'channel', 'sentAt', 'deliveryStatus', 'attachments', 'line', 'group'],
    blank: { text: '' },
  },
  contact: { keep: ['contactId'] },
  payment: 'everything',
  listing: 'everything',
  'calendar-block': 'everything',
  'team-member': 'everything',
  'phone-line': 'everything',
  integration: 'everything',
};

/** Whether a fact of an erased record may be there. */
export function isAnonymousFact(kind: RecordKind, fact: string): boolean {
  const rule = ANONYMOUS[kind];
  return rule === 'everything' || (rule.keep as readonly string[]).includes(fact);
}

/** What an erased record says instead of the facts it cannot be without. */
export function blankFacts(kind: RecordKind): Readonly<Record<string, unknown>> {
  const rule = ANONYMOUS[kind];
  return rule === 'everything' ? {} : { ...rule.blank };
}

/** Whether records of this kind can hold a person's data at all. */
export const holdsPerson = (kind: RecordKind): boolean => ANONYMOUS[kind] !== 'everything';
