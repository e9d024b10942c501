import { parse } from '@rocket.chat/message-parser';
import type { ChatReads } from '../store/chat-reads.ts';

/** What Rocket.Chat finds in a text and stores beside it: the parsed form, links, people and channels named. */
export async function describeText(text: string, reads: ChatReads) {
  const named = namesAfter('@', text);
  const [people, channels] = await Promise.all([
    reads.usersNamed(named),
    Promise.all(namesAfter('#', text).map(name => reads.roomNamed(name))),
  ]);
  const byUsername = new Map(people.map(person => [person.username, person]));
  const parsed = parseMarkdown(text);
  return {
    urls: [...text.matchAll(/https?:\/\/[^\s<>()[\]]+/gu)].map(([url]) => ({ url, meta: {} })),
    mentions: named.flatMap(username => {
      const person = byUsername.get(username);
      return person === undefined ? [] : [{ _id: person._id, username, name: person.name, type: 'user' }];
    }),
    channels: channels.flatMap(room => (room === undefined ? [] : [{ _id: room._id, name: room.name }])),
    ...(parsed === undefined ? {} : { md: parsed }),
  };
}

const namesAfter = (sign: '@' | '#', text: string): string[] => [
  ...new Set([...text.matchAll(NAMES[sign])].map(match => match[1] ?? '')),
];
const NAMES = { '@': /(?<![\w.@-])@([\w-]+(?:\.[\w-]+)*)/gu, '#': /(?<![\w#&-])#([\w-]+(?:\.[\w-]+)*)/gu };

/** `undefined` where Rocket.Chat stores no parsed form, either: empty texts, and the few its parser refuses. */
function parseMarkdown(text: string) {
  if (text === '') return undefined;
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
