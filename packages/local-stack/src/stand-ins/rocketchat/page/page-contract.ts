/** What the server tells the page, as JSON. Types only: both sides are checked against them. */
export interface PagePerson {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  /** A bot that answers. */
  readonly isAssistant: boolean;
}

export interface PageRoom {
  readonly id: string;
  readonly kind: 'public' | 'private' | 'direct';
  /** Without `#`; in a direct room the names of the others. */
  readonly title: string;
  readonly isMember: boolean;
  readonly isArchived: boolean;
  /** Messages that mention this person, and all in a direct room, since the last visit. */
  readonly unread: number;
  /** Something was written since the last visit. */
  readonly hasNews: boolean;
}

/** A node of Rocket.Chat's parsed messages. */
export interface MarkdownNode {
  readonly type: string;
  readonly value?: unknown;
  readonly [field: string]: unknown;
}

export interface PageMessage {
  readonly id: string;
  readonly roomId: string;
  readonly threadId?: string | undefined;
  readonly author: Pick<PagePerson, 'id' | 'username' | 'name'>;
  /** ISO instants. */
  readonly at: string;
  readonly editedAt?: string | undefined;
  readonly text: string;
  /** Absent where Rocket.Chat stores no parsed form. */
  readonly markdown?: readonly MarkdownNode[] | undefined;
  /** Kind of a notice, which the page puts into words; `rm` is a message taken back. */
  readonly notice?: string | undefined;
  readonly isPinned: boolean;
  /** Usernames by `:emoji:`. */
  readonly reactions: Readonly<Record<string, readonly string[]>>;
}

/** What one person has in front of them. */
export interface PageView {
  readonly me: PagePerson;
  /** Everybody else who is active, by name. */
  readonly people: readonly PagePerson[];
  readonly rooms: readonly PageRoom[];
}

export interface PageRoomView {
  readonly room: PageRoom;
  readonly members: readonly PagePerson[];
  /** Oldest first. */
  readonly messages: readonly PageMessage[];
}

/** Events of the live connection and their data. After `ready`, nothing that is read can be missed. */
export interface PageEvents {
  readonly ready: Record<string, never>;
  readonly message: PageMessage;
  readonly removed: { readonly id: string };
  /** Rooms, their people or their unread counts are others now. */
  readonly rooms: Record<string, never>;
}
