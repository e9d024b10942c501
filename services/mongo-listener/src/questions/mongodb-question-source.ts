import type { Db } from 'mongodb';
import * as z from 'zod';
import { MESSAGE_FIELDS } from '../meaning/message.ts';
import { COLLECTIONS } from '../source-document.ts';
import type { AskedIn, QuestionSource } from './question-source.ts';

/** `QuestionSource` over MongoDB. Messages are found by Rocket.Chat's own index on `ts`, and read in part only. */
const BATCH_DOCUMENTS = 500;
/** A look by index takes milliseconds; a server that needs longer is asked again in the next round. */
const READ_MS_MAX = 10_000;

const Room = z.object({ _id: z.string(), t: z.string(), name: z.string().nullish() });
type RoomDocument = { readonly _id: string };

export function mongodbQuestionSource(database: Db): QuestionSource {
  const projection = Object.fromEntries([...MESSAGE_FIELDS, 'bot'].map(field => [field, 1]));
  return {
    messages: (after, until, signal) =>
      database
        .collection(COLLECTIONS.message)
        .find(
          { ts: { $gt: after, $lte: until } },
          { projection, sort: { ts: 1 }, batchSize: BATCH_DOCUMENTS, maxTimeMS: READ_MS_MAX, signal },
        ),
    rooms: async roomIds => {
      const rooms = new Map<string, AskedIn>();
      if (roomIds.length === 0) return rooms;
      const found = database
        .collection<RoomDocument>(COLLECTIONS.room)
        .find({ _id: { $in: [...roomIds] } }, { projection: { t: 1, name: 1 }, maxTimeMS: READ_MS_MAX });
      for await (const document of found) {
        const room = Room.safeParse(document);
        // A room that cannot be read was set aside when it changed; nobody knows whether it may be answered in.
        if (!room.success) continue;
        const { _id, t, name } = room.data;
        rooms.set(_id, { type: t, ...(name ? { name } : {}) });
      }
      return rooms;
    },
  };
}
