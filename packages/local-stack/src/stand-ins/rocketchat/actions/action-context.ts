import type { ChatDatabase } from '../store/chat-database.ts';
import type { ChatReads } from '../store/chat-reads.ts';
import type { MessageDocument, RoomDocument, UserDocument } from '../store/documents.ts';

/** What every action of a person needs. */
export interface ActionContext {
  readonly database: ChatDatabase;
  readonly reads: ChatReads;
  readonly now: () => Date;
  /** 17 characters, as Rocket.Chat's own ids have. */
  readonly newId: () => string;
  /** Called once a message or its new text is stored, before counters follow. */
  readonly afterSave: (message: MessageDocument, room: RoomDocument) => void;
}

/** A person as messages, rooms and subscriptions name them. */
export const personOf = ({ _id, username, name }: UserDocument) => ({ _id, username, name });
