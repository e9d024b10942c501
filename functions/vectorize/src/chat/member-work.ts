import { ChatMemberDocument, ChatUserAccess, chatUserAccessPath } from '@innkeeper/shared/contracts/chat-documents';
import { chatDocumentId } from '@innkeeper/shared/domain/ids';
import type { DocumentPath } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod/mini';
import { whereWrong } from '../where-wrong.ts';
import type { Effect, InvalidDocument } from './applied.ts';
import { isSameContent, toFields } from './document-fields.ts';
import type { Work } from './group-commit.ts';
import { type ChangeOf, toMemberDocument } from './to-document.ts';
import { supersedes } from './version-guard.ts';

export type MemberApplied =
  | { readonly kind: 'applied'; readonly effect: Effect }
  /** The subscription belongs to somebody whose access was not read: nothing was written, ask again with them. */
  | { readonly kind: 'concerns'; readonly userId: string };

export type MemberChange = ChangeOf<'member' | 'member-removed'>;

export const memberPath = (change: MemberChange): DocumentPath => `chatMembers/${chatDocumentId(change.memberId)}`;

/** `chatMembers/<id>` and what each of `userIds` may read, which always follows from the member's document. Pure. */
export function memberWork(
  change: MemberChange,
  userIds: readonly string[],
): Work<Result<MemberApplied, InvalidDocument>> {
  const path = memberPath(change);
  const incoming = toMemberDocument(change);
  return {
    paths: [path, ...userIds.map(chatUserAccessPath)],
    run(view) {
      const stored = z.optional(ChatMemberDocument).safeParse(view.get(path));
      if (!stored.success) return err({ kind: 'invalid_document', detail: whereWrong(stored.error) });
      const holder = holderOf(stored.data);
      if (holder !== undefined && !userIds.includes(holder)) return ok({ kind: 'concerns', userId: holder });
      const accesses = new Map<string, ChatUserAccess | undefined>();
      for (const userId of userIds) {
        const access = z.optional(ChatUserAccess).safeParse(view.get(chatUserAccessPath(userId)));
        if (!access.success) return err({ kind: 'invalid_document', detail: whereWrong(access.error) });
        accesses.set(userId, access.data);
      }

      const wins = supersedes(incoming, stored.data);
      const member = wins || stored.data === undefined ? incoming : stored.data;
      const isSame = stored.data !== undefined && isSameContent(member, stored.data);
      if (!isSame || member.version !== stored.data?.version) view.set(path, toFields(member));
      for (const [userId, access] of accesses) {
        const before = access ?? { v: 1, rooms: {} };
        const after = withRoom(before, change.memberId, readableBy(member, userId));
        if (!isSameContent(before, after)) view.set(chatUserAccessPath(userId), toFields(after));
      }
      return ok({ kind: 'applied', effect: wins ? (isSame ? 'unchanged' : 'written') : 'older' });
    },
  };
}

/** Whose subscription a member's document says it is; a tombstone does not tell. */
export const holderOf = (member: ChatMemberDocument | undefined): string | undefined =>
  member === undefined || member.deleted ? undefined : member.userId;

const readableBy = (member: ChatMemberDocument, userId: string): string | undefined =>
  !member.deleted && member.present && member.userId === userId ? member.roomId : undefined;

function withRoom(access: ChatUserAccess, memberId: string, roomId: string | undefined): ChatUserAccess {
  const { [memberId]: _old, ...others } = access.rooms;
  return { ...access, rooms: roomId === undefined ? others : { ...others, [memberId]: roomId } };
}
