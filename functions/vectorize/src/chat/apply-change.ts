import type { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import {
  CHAT_ROOM_DIRECTORY_PATH,
  ChatMemberDocument,
  chatUserAccessPath,
} from '@innkeeper/shared/contracts/chat-documents';
import type { DocumentPath, DocumentStore, StoreError } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result, unreachable } from '@innkeeper/shared/result/result';
import { forbidsIndexing } from '../converge/chat-message-subject.ts';
import type { Effect, InvalidDocument } from './applied.ts';
import { applyFeedback } from './apply-feedback.ts';
import { applyMessage } from './apply-message.ts';
import type { GroupCommit } from './group-commit.ts';
import { holderOf, type MemberChange, memberPath, memberWork } from './member-work.ts';
import { roomWork } from './room-work.ts';
import { userWork } from './user-work.ts';

/** What a change did, and what the index still has to learn of it. */
export interface ChangeApplied {
  /** `no_interaction`: a reaction to a message that is, as yet, no answer. */
  readonly effect: Effect | 'no_interaction';
  /** To be converged. */
  readonly document?: DocumentPath;
  /** Room whose messages may not be in the index. */
  readonly closedRoomId?: string;
}

export type ApplyError = StoreError | InvalidDocument;

export interface ApplyPorts {
  readonly store: DocumentStore;
  readonly groups: GroupCommit;
  readonly assistantId: string;
}

/** Brings Firestore to where `change` says the chat is, under the guard of versions. */
export async function applyChange(ports: ApplyPorts, change: ChatChange): Promise<Result<ChangeApplied, ApplyError>> {
  switch (change.kind) {
    case 'message':
    case 'message-removed': {
      const applied = await applyMessage(ports.store, change);
      return applied.ok ? ok({ effect: applied.value.effect, document: applied.value.path }) : applied;
    }
    case 'room':
    case 'room-removed': {
      const applied = flat(await ports.groups.submit(CHAT_ROOM_DIRECTORY_PATH, roomWork(change)));
      if (!applied.ok) return applied;
      const { effect, room } = applied.value;
      return ok(forbidsIndexing(room, ports.assistantId) ? { effect, closedRoomId: change.roomId } : { effect });
    }
    case 'member':
    case 'member-removed': {
      const effect = await applyMember(ports, change);
      return effect.ok ? ok({ effect: effect.value }) : effect;
    }
    case 'user':
    case 'user-removed': {
      const effect = flat(await ports.groups.submit(chatUserAccessPath(change.userId), userWork(change)));
      return effect.ok ? ok({ effect: effect.value }) : effect;
    }
    case 'feedback': {
      const effect = await applyFeedback(ports.store, change);
      return effect.ok ? ok({ effect: effect.value }) : effect;
    }
    default:
      return unreachable(change);
  }
}

/** A subscription stays with its person; more turns than this would be somebody playing with it. */
const HOLDERS_MAX = 3;

async function applyMember(ports: ApplyPorts, change: MemberChange): Promise<Result<Effect, ApplyError>> {
  const concerned = await whoIsConcerned(ports.store, change);
  if (!concerned.ok) return concerned;
  const userIds = concerned.value;
  for (let turn = 0; turn < HOLDERS_MAX; turn += 1) {
    const lane = userIds[0] === undefined ? memberPath(change) : chatUserAccessPath(userIds[0]);
    const applied = flat(await ports.groups.submit(lane, memberWork(change, [...userIds])));
    if (!applied.ok) return applied;
    if (applied.value.kind === 'applied') return ok(applied.value.effect);
    userIds.push(applied.value.userId);
  }
  return err({ kind: 'contention', detail: 'the subscription kept changing its person' });
}

/** A removal knows only the subscription: whose it was, the member's document says. */
async function whoIsConcerned(store: DocumentStore, change: MemberChange): Promise<Result<string[], ApplyError>> {
  if (change.kind === 'member') return ok([change.userId]);
  const read = await store.getAll([memberPath(change)]);
  if (!read.ok) return read;
  const holder = holderOf(ChatMemberDocument.safeParse(read.value[0]?.fields).data);
  return ok(holder === undefined ? [] : [holder]);
}

const flat = <T, E, F>(outcome: Result<Result<T, E>, F>): Result<T, E | F> => (outcome.ok ? outcome.value : outcome);
