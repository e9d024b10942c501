import { redact } from '@innkeeper/shared/redaction/redact';
import { instantInWords } from '../compose/days-in-words.ts';
import type { ChatEvidence } from '../retrieve/chat-evidence.ts';
import type { Passage, PassageContext } from './passage.ts';

/** A colleague's message: whose, when, in which room. Rocket.Chat's ways to link to a message are not relied on. Pure. */
export function chatPassage({ key, message, room }: ChatEvidence, { homes, thisYear }: PassageContext): Passage {
  const author = redact(message.authorName ?? message.authorUsername);
  const when = instantInWords(message.sentAt, homes.mainZone, thisYear);
  const where = room.type === 'd' ? 'direct message' : room.name === undefined ? 'team chat' : `#${redact(room.name)}`;
  return {
    key,
    about: `${author}, ${when}, ${where}`,
    label: `${where}, ${author}, ${when}`,
    text: message.text,
    homes: [],
    by: [author],
    of: [],
    saidAt: message.sentAt,
    roomId: message.roomId,
  };
}
