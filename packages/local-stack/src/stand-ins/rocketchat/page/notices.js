/** @import { PageMessage } from './page-contract.ts' */

/**
 * What the server's own notices say about their author.
 *
 * @param {PageMessage} message
 */
export function noticeWords({ notice = '', author, text }) {
  const words = WORDS[notice];
  return `${author.name} ${words === undefined ? `(${notice}) ${text}` : words(text)}`.trim();
}

/** @type {Record<string, ((text: string) => string) | undefined>} */
const WORDS = {
  uj: () => 'joined',
  ul: () => 'left',
  au: username => `added ${username}`,
  ru: username => `removed ${username}`,
  'user-banned': username => `banned ${username}`,
  r: name => `renamed the room to ${name}`,
  room_changed_privacy: type => `made the room ${type.toLowerCase()}`,
  'room-archived': () => 'archived the room',
  'room-unarchived': () => 'opened the room again',
  message_pinned: () => 'pinned a message',
  'discussion-created': name => `started the discussion ${name}`,
  'subscription-role-added': username => `gave ${username} another role`,
  'subscription-role-removed': username => `took a role from ${username}`,
};
