import type { ChatChange } from '@innkeeper/shared/contracts/chat-change';

/**
 * How much memory and message one change takes, at most: counted in UTF-16 units times three, the longest UTF-8 form,
 * because it is done for every change and writing it out twice would cost more than publishing.
 */
export function changeBytes(change: ChatChange): number {
  switch (change.kind) {
    case 'message':
      return ENVELOPE_BYTES + 3 * change.text.length;
    case 'room':
      return ENVELOPE_BYTES + LIST_ITEM_BYTES * change.directUserIds.length;
    case 'user':
      return ENVELOPE_BYTES + LIST_ITEM_BYTES * change.roles.length;
    case 'feedback':
      return ENVELOPE_BYTES + LIST_ITEM_BYTES * (change.up.length + change.down.length);
    case 'member':
    case 'message-removed':
    case 'room-removed':
    case 'member-removed':
    case 'user-removed':
      return ENVELOPE_BYTES;
  }
}

const ENVELOPE_BYTES = 600; // ids, names, times and the braces around them
const LIST_ITEM_BYTES = 100; // an id or a username
