import type { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import { chatVersion } from '@innkeeper/shared/contracts/chat-change';

/** Changes of a small team chat; `at` is the second of the cluster time. */
type ChangeOf<Kind extends ChatChange['kind']> = Extract<ChatChange, { kind: Kind }>;

const envelope = (at: number) => ({ v: 1, version: chatVersion(1_790_000_000 + at, 1), origin: 'stream' }) as const;

export const message = (
  messageId: string,
  at: number,
  text: string,
  about: Partial<ChangeOf<'message'>> = {},
): ChatChange => ({
  ...envelope(at),
  kind: 'message',
  messageId,
  roomId: 'team',
  authorId: 'ana1',
  authorUsername: 'ana',
  authorName: 'Ana Reis',
  text,
  role: 'evidence',
  sentAt: '2026-11-21T09:41:00.000Z',
  ...about,
});

export const messageRemoved = (messageId: string, at: number): ChatChange => ({
  ...envelope(at),
  kind: 'message-removed',
  messageId,
});

export const room = (roomId: string, at: number, about: Partial<ChangeOf<'room'>> = {}): ChatChange => ({
  ...envelope(at),
  kind: 'room',
  roomId,
  type: 'p',
  name: 'team',
  teamMain: false,
  archived: false,
  directUserIds: [],
  ...about,
});

export const roomRemoved = (roomId: string, at: number): ChatChange => ({
  ...envelope(at),
  kind: 'room-removed',
  roomId,
});

export const member = (memberId: string, at: number, userId: string, roomId: string): ChatChange => ({
  ...envelope(at),
  kind: 'member',
  memberId,
  roomId,
  userId,
  present: true,
});

export const memberRemoved = (memberId: string, at: number): ChatChange => ({
  ...envelope(at),
  kind: 'member-removed',
  memberId,
});

export const user = (userId: string, at: number, username: string): ChatChange => ({
  ...envelope(at),
  kind: 'user',
  userId,
  username,
  active: true,
  roles: ['user'],
});

export const feedback = (messageId: string, at: number, up: string[], down: string[] = []): ChatChange => ({
  ...envelope(at),
  kind: 'feedback',
  messageId,
  up,
  down,
});
