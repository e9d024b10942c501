import * as z from 'zod';
import type { MessageDocument, RoomDocument } from '../store/documents.ts';

/** The settings of an outgoing integration for the event `sendMessage`, as its form in Rocket.Chat has them. */
export const OutgoingIntegration = z.strictObject({
  id: z.string().default('outgoing'),
  url: z.url(),
  token: z.string().min(1),
  enabled: z.boolean().default(true),
  /** `all_public_channels`, `all_private_groups`, `all_direct_messages`, `#room`, `@username`; empty: all public ones. */
  channels: z.array(z.string()).default(['all_public_channels', 'all_private_groups', 'all_direct_messages']),
  /** When not empty, only messages that start with one of them. */
  triggerWords: z.array(z.string()).default([]),
  runOnEdits: z.boolean().default(true),
  /** The user under whose name a response with a text is posted. */
  postAs: z.string().default('rocket.cat'),
});
export type OutgoingIntegration = z.infer<typeof OutgoingIntegration>;

/**
 * What the integration sends for a message, or `undefined` when it does not concern it. Pure. The key order is the real
 * one's; there is no loop guard: the answers of the bot fire it as well.
 */
export function outgoingBody(
  integration: OutgoingIntegration,
  message: MessageDocument,
  room: RoomDocument,
  siteUrl: string,
): Record<string, unknown> | undefined {
  const isEdited = message.editedAt !== undefined;
  if (!integration.enabled || !concernsRoom(integration.channels, room, message)) return undefined;
  if (isEdited && !integration.runOnEdits) return undefined;
  const word = integration.triggerWords.find(candidate => message.msg.startsWith(candidate));
  if (integration.triggerWords.length > 0 && word === undefined) return undefined;
  return {
    token: integration.token,
    bot: message.bot !== undefined,
    ...(word === undefined ? {} : { trigger_word: word }),
    channel_id: room._id,
    ...(room.name === undefined ? {} : { channel_name: room.name }),
    message_id: message._id,
    timestamp: message.ts.toISOString(),
    user_id: message.u._id,
    user_name: message.u.username,
    text: message.msg,
    siteUrl,
    ...(message.alias === undefined ? {} : { alias: message.alias }),
    ...(isEdited ? { isEdited: true } : {}),
    ...(message.tmid === undefined ? {} : { tmid: message.tmid }),
  };
}

function concernsRoom(channels: readonly string[], room: RoomDocument, message: MessageDocument): boolean {
  const wanted = channels.length === 0 ? ['all_public_channels'] : channels;
  const names = (prefix: string, values: readonly string[]) => values.some(value => wanted.includes(prefix + value));
  switch (room.t) {
    case 'c':
      return wanted.includes('all_public_channels') || names('#', [room._id, room.name ?? '']);
    case 'd':
      return (
        wanted.includes('all_direct_messages') ||
        names('@', room.uids ?? []) ||
        // A trigger on a person skips what that person wrote.
        names(
          '@',
          (room.usernames ?? []).filter(username => username !== message.u.username),
        )
      );
    case 'p':
    case 'l':
      // Livechat counts as private, too.
      return wanted.includes('all_private_groups') || names('#', [room._id, room.name ?? '']);
  }
}

export type OutgoingOutcome = 'post_response' | 'nothing' | 'retry' | 'disable';

/** What Rocket.Chat does with the endpoint's response. Pure. */
export function outgoingOutcome(status: number, body: string, isJson: boolean): OutgoingOutcome {
  if (body === '') return 'retry'; // counts as failed whatever the status
  if (status === 200 || status === 201 || status === 202) return isJson ? 'post_response' : 'nothing';
  if (status === 410) return 'disable';
  if (status === 500) return 'nothing';
  return 'retry';
}

export const RETRIES_MAX = 6; // what the admin form offers first

/** Powers of ten from a tenth of a second: 0.1 s, 1 s, 10 s, … */
export const retryDelayMs = (attempt: number): number => 10 ** (attempt + 2);
