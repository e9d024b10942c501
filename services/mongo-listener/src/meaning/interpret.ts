import type { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import * as z from 'zod';
import type { SourceChange } from '../source-document.ts';
import { chatId, readFields } from './document-fields.ts';
import type { AssistantIdentity, Meaning } from './meaning.ts';
import { interpretMessage } from './message.ts';
import { interpretRoom } from './room.ts';
import { interpretSubscription } from './subscription.ts';
import { interpretUser } from './user.ts';

const Identified = z.object({ _id: chatId });

/**
 * What a change in Rocket.Chat's database means downstream. Pure; never throws, whatever the document is. The same
 * change always means the same, so that it may be read twice.
 */
export function interpret(change: SourceChange, assistant: AssistantIdentity): Meaning {
  const identified = readFields(Identified, { _id: change.id });
  if (change.operation === 'delete') {
    // What was never said on, because its id is none, needs no taking back.
    if (!identified.ok) return { kind: 'ignored', reason: 'id_never_followed' };
    return { kind: 'change', change: removal(change, identified.value._id) };
  }
  if (!identified.ok) return identified.parked;
  // Deleted between the update and the look-up.
  if (change.document === undefined) return { kind: 'ignored', reason: 'already_deleted' };

  const { _id: id } = identified.value;
  const meaning = interpretDocument(change, id, assistant);
  const isNew = change.operation === 'insert';
  return meaning.kind === 'parked' && !isNew ? { ...meaning, change: removal(change, id) } : meaning;
}

function interpretDocument(change: SourceChange, id: string, assistant: AssistantIdentity): Meaning {
  switch (change.followed) {
    case 'message':
      return interpretMessage(change, id, assistant);
    case 'room':
      return interpretRoom(change, id);
    case 'subscription':
      return interpretSubscription(change, id);
    case 'user':
      return interpretUser(change, id);
  }
}

function removal({ followed, version, origin }: SourceChange, id: string): ChatChange {
  const envelope = { v: 1, version, origin } as const;
  switch (followed) {
    case 'message':
      return { ...envelope, kind: 'message-removed', messageId: id };
    case 'room':
      return { ...envelope, kind: 'room-removed', roomId: id };
    case 'subscription':
      return { ...envelope, kind: 'member-removed', memberId: id };
    case 'user':
      return { ...envelope, kind: 'user-removed', userId: id };
  }
}
