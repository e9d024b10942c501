import * as z from 'zod';
import { parseJson, type StandInReply, type StandInRequest } from '../stand-in-server.ts';
import {
  GuestyCalendarDay,
  GuestyConversation,
  GuestyGuest,
  GuestyListing,
  GuestyPost,
  GuestyReservation,
  GuestyTask,
} from './guesty-shapes.ts';
import type { GuestyTables } from './guesty-tables.ts';

/**
 * What happens at the vendor, told under `/_control/<kind>/<id>`: PUT makes or changes a thing, DELETE removes it. No
 * webhook is sent by it, so that whoever tells decides what the company hears of. Every change is dated, like the vendor's.
 */
export interface GuestyControlOptions {
  readonly tables: GuestyTables;
  readonly now: () => number;
  readonly limit: (limits: GuestyLimits) => void;
}

const Limits = z.strictObject({
  rate: z.boolean().default(true),
  tokensPerDay: z.int().positive().nullable().default(5),
});
export type GuestyLimits = z.infer<typeof Limits>;

export function guestyControl({ tables, now, limit }: GuestyControlOptions): (request: StandInRequest) => StandInReply {
  const dated = () => ({ lastUpdatedAt: new Date(now()).toISOString() });

  const put = (kind: string, id: string, json: unknown): StandInReply => {
    switch (kind) {
      case 'reservations':
        return checked(GuestyReservation, json, row => {
          tables.reservations.put(id, { ...dated(), ...row, reservationId: id });
        });
      case 'listings':
        return checked(GuestyListing, json, row => tables.listings.put(id, { ...dated(), ...row, _id: id }));
      case 'guests':
        return checked(GuestyGuest, json, row => tables.guests.put(id, { ...dated(), ...row, _id: id }));
      case 'tasks':
        return checked(GuestyTask, json, row => tables.tasks.put(id, { ...dated(), ...row, _id: id }));
      case 'conversations':
        return checked(GuestyConversation, json, row => {
          tables.conversations.put(id, { modifiedAt: new Date(now()).toISOString(), ...row, _id: id });
        });
      case 'posts':
        return checked(GuestyPost, json, row => putPost(id, row));
      case 'calendars':
        return checked(GuestyCalendarDay, json, row => tables.calendars.put(id, row));
      default:
        return NO_SUCH_CONTROL;
    }
  };

  /** A message makes its conversation the most recently active one. */
  const putPost = (id: string, post: GuestyPost): void => {
    tables.posts.put(id, { ...post, _id: id });
    const known = tables.conversations.get(post.conversationId);
    const moments = [known?.modifiedAt ?? post.createdAt, post.createdAt].toSorted();
    const modifiedAt = moments.at(-1) ?? post.createdAt;
    tables.conversations.put(post.conversationId, { ...known, _id: post.conversationId, modifiedAt });
  };

  const remove = (kind: string, id: string): StandInReply => {
    const table = Object.hasOwn(tables, kind) ? tables[kind as keyof GuestyTables] : undefined;
    if (table === undefined) return NO_SUCH_CONTROL;
    return table.delete(id) ? { status: 200, body: { ok: true } } : { status: 404, body: { error: 'no such thing' } };
  };

  return request => {
    const [, , kind = '', id = ''] = request.url.pathname.split('/').map(decodeURIComponent);
    if (request.method === 'PUT') return put(kind, id, parseJson(request.body));
    if (request.method === 'DELETE') return remove(kind, id);
    if (request.method === 'POST' && kind === 'limits') return checked(Limits, parseJson(request.body), limit);
    return NO_SUCH_CONTROL;
  };
}

const NO_SUCH_CONTROL: StandInReply = { status: 404, body: { error: 'no such control' } };

function checked<T>(schema: z.ZodType<T>, json: unknown, put: (row: T) => void): StandInReply {
  const parsed = schema.safeParse(json);
  if (!parsed.success) return { status: 400, body: { error: z.prettifyError(parsed.error) } };
  put(parsed.data);
  return { status: 200, body: { ok: true } };
}
