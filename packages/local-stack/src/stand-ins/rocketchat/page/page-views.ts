import type { ChatReads } from '../store/chat-reads.ts';
import type { MessageDocument, RoomDocument, SubscriptionDocument, UserDocument } from '../store/documents.ts';
import type { PageMessage, PagePerson, PageRoom, PageRoomView, PageView } from './page-contract.ts';

/** What a person may see, in the page's words. */
export interface PageViews {
  people(): Promise<PagePerson[]>;
  view(viewer: UserDocument): Promise<PageView>;
  /** `undefined` where the person may not look. */
  room(viewer: UserDocument, roomId: string): Promise<PageRoomView | undefined>;
}

const MESSAGES_SHOWN = 200;

export function pageViews(reads: ChatReads): PageViews {
  const people = async (): Promise<PagePerson[]> =>
    (await reads.users())
      .filter(({ active }) => active)
      .map(personView)
      .sort(byName);

  const roomViewOf =
    (viewer: UserDocument, all: readonly PagePerson[]) =>
    (room: RoomDocument, membership: SubscriptionDocument | undefined): PageRoom => ({
      id: room._id,
      kind: KINDS[room.t],
      title: room.t === 'd' ? directTitle(room, viewer, all) : (room.name ?? room._id),
      isMember: membership !== undefined,
      isArchived: room.archived === true,
      unread: membership?.unread ?? 0,
      hasNews: membership?.alert ?? false,
    });

  return {
    people,
    async view(viewer) {
      const [all, rooms, memberships] = await Promise.all([people(), reads.rooms(), reads.membershipsOf(viewer._id)]);
      const toView = roomViewOf(viewer, all);
      const views = rooms.map(async room => {
        const membership = memberships.find(({ rid }) => rid === room._id);
        const isOpen = membership !== undefined || (await reads.readableRoom(viewer, room._id)) !== undefined;
        return isOpen ? [toView(room, membership)] : [];
      });
      const readable = (await Promise.all(views)).flat();
      return {
        me: personView(viewer),
        people: all.filter(({ id }) => id !== viewer._id),
        rooms: readable.sort(byTitle),
      };
    },
    async room(viewer, roomId) {
      const room = await reads.readableRoom(viewer, roomId);
      if (room === undefined) return undefined;
      const [all, members, messages] = await Promise.all([
        people(),
        reads.membersOf(roomId),
        reads.messages({ roomId, offset: 0, count: MESSAGES_SHOWN }),
      ]);
      const inRoom = new Set(members.map(({ u }) => u._id));
      return {
        room: roomViewOf(viewer, all)(
          room,
          members.find(({ u }) => u._id === viewer._id),
        ),
        members: all.filter(({ id }) => inRoom.has(id)),
        messages: messages.toReversed().map(messageView),
      };
    },
  };
}

export function messageView(message: MessageDocument): PageMessage {
  const { _id, rid, tmid, u, ts, editedAt, msg, md, t, pinned, reactions, alias } = message;
  return {
    id: _id,
    roomId: rid,
    threadId: tmid,
    author: { id: u._id, username: u.username, name: alias ?? u.name ?? u.username },
    at: ts.toISOString(),
    editedAt: editedAt?.toISOString(),
    text: msg,
    markdown: md,
    notice: t,
    isPinned: pinned === true,
    reactions: Object.fromEntries(Object.entries(reactions ?? {}).map(([emoji, { usernames }]) => [emoji, usernames])),
  };
}

const KINDS = { c: 'public', p: 'private', l: 'private', d: 'direct' } as const;

const personView = ({ _id, username, name, roles }: UserDocument): PagePerson => ({
  id: _id,
  username,
  name,
  isAssistant: roles.includes('bot'),
});

const byName = (a: PagePerson, b: PagePerson): number => a.name.localeCompare(b.name);
const byTitle = (a: PageRoom, b: PageRoom): number => a.title.localeCompare(b.title);

function directTitle({ uids = [] }: RoomDocument, viewer: UserDocument, all: readonly PagePerson[]): string {
  const others = uids.filter(id => id !== viewer._id);
  return others.map(id => all.find(person => person.id === id)?.name ?? id).join(', ');
}
