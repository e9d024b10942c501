import type { ChatMessageDocument } from '@innkeeper/shared/contracts/chat-documents';
import { CHAT_ROOM_DIRECTORY_PATH, chatUserAccessPath } from '@innkeeper/shared/contracts/chat-documents';
import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { type RecordKind, type RecordSource, recordKey } from '@innkeeper/shared/domain/ids';
import type { DocumentPath } from '@innkeeper/shared/ports/document-store';
import { iso } from './calendar.ts';
import type { Booking, World } from './world.ts';

/**
 * The world in the shapes the system stores: what webhooks, hydration and the chat listener would have written.
 * Pure.
 */
function record(
  kind: RecordKind,
  sourceId: string,
  receivedAtMs: number,
  facts: object,
  source: RecordSource = 'guesty',
): BusinessRecord {
  return BusinessRecord.parse({
    key: recordKey(source, kind, sourceId),
    source,
    sourceId,
    kind,
    versions: { state: receivedAtMs },
    pipelineRevision: 1,
    receivedAt: iso(receivedAtMs),
    deleted: false,
    provenance: { eventId: `event-${sourceId}`, event: 'eval', via: 'webhook' },
    facts,
  });
}

export function recordsOf(world: World): BusinessRecord[] {
  const longAgo = world.nowMs - 90 * 86_400_000;
  return [
    ...world.homes.map(home =>
      record('listing', home.id, longAgo, {
        listingId: home.id,
        nickname: home.name,
        timezone: home.zone,
        defaultCheckInTime: home.checkIn,
        defaultCheckOutTime: home.checkOut,
        address: home.address,
        city: home.city,
        accommodates: home.sleeps,
        description: home.sections,
      }),
    ),
    ...world.bookings.map(booking => record('reservation', booking.id, booking.changedAt, reservation(booking))),
    ...world.blocks.map(({ id, home, from, to, reason }) =>
      record('calendar-block', id, longAgo, { listingId: home.id, from, to, reason }),
    ),
    ...world.tasks.map(({ id, title, status, home, dueAt }) =>
      record('task', id, world.nowMs - 3 * 86_400_000, {
        taskId: id,
        title,
        status,
        listingId: home.id,
        mustFinishBefore: iso(dueAt),
      }),
    ),
    ...world.messages.map(({ id, booking, author, at, text }) =>
      record('guest-message', id, at, {
        postId: id,
        conversationId: `conversation-${booking.id}`,
        reservationId: booking.id,
        listingId: booking.stays[0].home.id,
        guestName: booking.guest,
        author,
        sentAt: iso(at),
        text,
      }),
    ),
    ...world.calls.map(call =>
      record(
        'call',
        call.id,
        call.at,
        {
          callId: call.id,
          direction: 'inbound',
          stage: 'ended',
          startedAt: iso(call.at),
          line: { name: 'Reception', timezone: call.zone },
          hasVoicemail: call.voicemail,
          externalNumber: '+351912000000',
          ...(call.from === undefined ? {} : { contactName: call.from }),
          ...(call.caller === undefined
            ? {}
            : { guests: [{ id: `guest-of-${call.caller.id}`, name: call.caller.guest }] }),
          ...(call.missed ? { missedReason: 'no_available_agent' } : { answeredAt: iso(call.at + 9_000) }),
          ...(call.agent === undefined ? {} : { agent: call.agent }),
          ...(call.note === undefined
            ? {}
            : { comments: [{ id: `${call.id}-note`, text: call.note, by: call.agent }] }),
          ...(call.said === undefined
            ? {}
            : { transcript: call.said.map((turn, index) => ({ ...turn, atSeconds: index * 5 })) }),
        },
        'aircall',
      ),
    ),
  ];
}

const reservation = (booking: Booking): object => ({
  reservationId: booking.id,
  confirmationCode: booking.code,
  status: booking.status,
  // Two bookings of one name are two people here.
  guestId: `guest-of-${booking.id}`,
  guestName: booking.guest,
  guestsCount: booking.guests,
  children: booking.children,
  stay: booking.stays.map(({ home, from, to, plannedIn, plannedOut }) => ({
    listingId: home.id,
    checkInDate: from,
    checkOutDate: to,
    ...(plannedIn === undefined ? {} : { plannedArrival: plannedIn }),
    ...(plannedOut === undefined ? {} : { plannedDeparture: plannedOut }),
  })),
  channel: 'direct',
  bookedAt: iso(booking.bookedAt),
  changedAt: iso(booking.changedAt),
  notes: booking.notes,
});

type Written = readonly (readonly [DocumentPath, object])[];
type ChatMessage = Extract<ChatMessageDocument, { deleted: false }>;

export const chatMessagesOf = (world: World): (readonly [string, ChatMessage])[] =>
  world.said.map(({ id, room, by, at, text }) => [
    id,
    {
      v: 1,
      version: 1,
      deleted: false,
      roomId: room.id,
      authorId: by.toLowerCase(),
      authorUsername: by.toLowerCase(),
      authorName: by,
      text,
      role: 'evidence',
      sentAt: iso(at),
    },
  ]);

/** Rooms, who is in them, and what decides who may read what. */
export function chatAccessOf(world: World): Written {
  const people = new Set(world.rooms.flatMap(({ members }) => members));
  return [
    ...world.rooms.map(
      room =>
        [
          `chatRooms/${room.id}`,
          {
            v: 1,
            version: 1,
            deleted: false,
            type: room.type,
            name: room.name,
            teamMain: false,
            archived: false,
            directUserIds: [],
          },
        ] as const,
    ),
    [
      CHAT_ROOM_DIRECTORY_PATH,
      {
        v: 1,
        rooms: Object.fromEntries(
          world.rooms.filter(({ type }) => type === 'c').map(({ id, type }) => [id, { type, teamMain: false }]),
        ),
      },
    ],
    ...[...people].map(
      person =>
        [
          chatUserAccessPath(person),
          {
            v: 1,
            user: { version: 1, username: person, active: true, roles: ['user'] },
            rooms: Object.fromEntries(
              world.rooms
                .filter(({ members }) => members.includes(person))
                .map(({ id }) => [`sub-${person}-${id}`, id]),
            ),
          },
        ] as const,
    ),
  ];
}
