import type { GuestyRow } from '@innkeeper/shared/adapters/guesty/guesty-call';
import type { VendorThing } from '@innkeeper/shared/jobs/page-reader';
import * as z from 'zod/mini';

/** Conversations and their messages as Guesty's lists show them, to the form of the vendor's message webhook. Pure. */
const text = z.catch(z.nullish(z.string()), undefined);
const moment = z.catch(z.nullish(z.union([z.string(), z.number()])), undefined);
const Named = z.catch(z.nullish(z.union([z.string(), z.object({ _id: text, id: text, fullName: text })])), undefined);
const Reservations = z.catch(z.nullish(z.array(z.object({ _id: text }))), undefined);

export const Conversation = z.object({
  _id: z.string().check(z.minLength(1)),
  guestId: text,
  guest: Named,
  reservation: Named,
  meta: z.catch(z.nullish(z.object({ guestName: text, guest: Named, reservations: Reservations })), undefined),
  modifiedAt: moment,
  lastModifiedAt: moment,
  lastUpdatedAt: moment,
});
export type Conversation = z.infer<typeof Conversation>;

const Post = z.object({
  _id: text,
  id: text,
  postId: text,
  body: text,
  createdAt: moment,
  sentAt: moment,
  type: text,
  sentBy: text,
  module: z.catch(z.nullish(z.union([z.string(), z.object({ type: text })])), undefined),
});

/** Absent where the row does not say which message it is. */
export function messageOf(conversation: Conversation, row: GuestyRow): VendorThing | undefined {
  const post = Post.safeParse(row).data;
  const postId = post?.postId || post?._id || post?.id;
  if (post === undefined || !postId) return undefined;
  const { meta } = conversation;
  const module = typeof post.module === 'string' ? post.module : post.module?.type;
  const reservationId = idOf(conversation.reservation) ?? meta?.reservations?.find(({ _id }) => _id)?._id;
  const guestId = conversation.guestId ?? idOf(conversation.guest) ?? idOf(meta?.guest);
  const guestName = meta?.guestName ?? nameOf(conversation.guest) ?? nameOf(meta?.guest);
  return {
    kind: 'guest-message',
    id: postId,
    value: {
      ...(reservationId ? { reservationId } : {}),
      message: {
        postId,
        body: post.body ?? '',
        createdAt: post.createdAt ?? post.sentAt,
        type: AUTHORS[post.sentBy ?? ''] ?? post.type,
        ...(module ? { module } : {}),
      },
      conversation: {
        _id: conversation._id,
        ...(guestId ? { guestId } : {}),
        meta: { ...(guestName ? { guestName } : {}) },
      },
    },
  };
}

/** The list says who wrote it; the webhook says from whom to whom. */
const AUTHORS: Readonly<Record<string, string>> = { guest: 'fromGuest', host: 'fromHost', log: 'log' };

type Named = z.infer<typeof Named>;
const idOf = (named: Named): string | undefined =>
  (typeof named === 'string' ? named : (named?._id ?? named?.id)) || undefined;
const nameOf = (named: Named): string | undefined =>
  typeof named === 'string' ? undefined : named?.fullName || undefined;
