import { ChatUserAccess, chatUserAccessPath } from '@innkeeper/shared/contracts/chat-documents';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod/mini';
import { whereWrong } from '../where-wrong.ts';
import type { Effect, InvalidDocument } from './applied.ts';
import { isSameContent, toFields } from './document-fields.ts';
import type { Work } from './group-commit.ts';
import { type ChangeOf, toAccessUser } from './to-document.ts';
import { supersedes } from './version-guard.ts';

type AccessUser = NonNullable<ChatUserAccess['user']>;

/** The person's own part of `chatAccess/user:<id>`; rooms stay as they are. Pure. */
export function userWork(change: ChangeOf<'user' | 'user-removed'>): Work<Result<Effect, InvalidDocument>> {
  const path = chatUserAccessPath(change.userId);
  const incoming = toAccessUser(change);
  return {
    paths: [path],
    run(view) {
      const parsed = z.optional(ChatUserAccess).safeParse(view.get(path));
      if (!parsed.success) return err({ kind: 'invalid_document', detail: whereWrong(parsed.error) });
      const access = parsed.data ?? { v: 1, rooms: {} };
      const stored = access.user;
      if (!supersedes(guarded(incoming), stored === undefined ? undefined : guarded(stored))) return ok('older');
      const isSame = stored !== undefined && isSameContent(incoming, stored);
      if (!isSame || stored.version !== incoming.version) view.set(path, toFields({ ...access, user: incoming }));
      return ok(isSame ? 'unchanged' : 'written');
    },
  };
}

/** Somebody removed keeps neither name nor roles; who is known by neither may as well be gone. */
const guarded = (user: AccessUser) => ({
  version: user.version,
  deleted: !user.active && user.username === undefined && user.roles.length === 0,
});
