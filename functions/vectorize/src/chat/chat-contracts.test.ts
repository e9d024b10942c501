import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import {
  ChatMemberDocument,
  ChatMessageDocument,
  ChatRoomDirectory,
  ChatRoomDocument,
  ChatUserAccess,
} from '@innkeeper/shared/contracts/chat-documents';
import { StoredEvent } from '@innkeeper/shared/contracts/stored-event';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { applyChange } from './apply-change.ts';
import { groupCommit } from './group-commit.ts';
import { handleDeadLetter } from './handle-dead-letter.ts';

const Golden = z.strictObject({
  changes: z.record(z.string(), ChatChange),
  documents: z.strictObject({
    messageDocument: ChatMessageDocument,
    messageTombstone: ChatMessageDocument,
    roomDocument: ChatRoomDocument,
    roomTombstone: ChatRoomDocument,
    memberDocument: ChatMemberDocument,
    memberTombstone: ChatMemberDocument,
    userAccess: ChatUserAccess,
    userAccessRemoved: ChatUserAccess,
    roomDirectory: ChatRoomDirectory,
    keptChange: StoredEvent,
  }),
});
const file = fileURLToPath(import.meta.resolve('@innkeeper/shared/contracts/chat-change'));
const onDisk: unknown = JSON.parse(readFileSync(file.replace('chat-change.ts', 'chat.golden.json'), 'utf8'));
const golden = Golden.parse(onDisk);

describe('the contracts of the chat', () => {
  it('reads unchanged what was written before', () => {
    expect(golden).toEqual(onDisk);
  });

  it('writes of the changes that the listener publishes what readers know', async () => {
    const store = inMemoryDocumentStore();
    const ports = { store, groups: groupCommit(store), embedder: { model: 'hash' }, assistantId: 'assistant' };
    for (const change of Object.values(golden.changes)) {
      expect(await applyChange(ports, change)).toMatchObject({ ok: true });
    }
    const { documents } = golden;
    const fieldsOf = (path: string) => store.documents.get(path)?.fields;
    expect(fieldsOf('chatMessages/fAZw2ATh5Fkx4cjKA')).toEqual(documents.messageDocument);
    expect(fieldsOf('chatMessages/bQw2ATh5Fkx4cjKAz')).toEqual(documents.messageTombstone);
    expect(fieldsOf('chatRooms/GENERAL')).toEqual(documents.roomDocument);
    expect(fieldsOf('chatRooms/cQw2ATh5Fkx4cjKAz')).toEqual(documents.roomTombstone);
    expect(fieldsOf('chatMembers/sXw2ATh5Fkx4cjKAz')).toEqual(documents.memberDocument);
    expect(fieldsOf('chatMembers/uQw2ATh5Fkx4cjKAz')).toEqual(documents.memberTombstone);
    expect(fieldsOf('chatAccess/user:X7ZSLm7umWPBNaDxT')).toEqual(documents.userAccess);
    expect(fieldsOf('chatAccess/user:vQw2ATh5Fkx4cjKAz')).toEqual(documents.userAccessRemoved);
    expect(fieldsOf('chatAccess/rooms')).toEqual(documents.roomDirectory);
  });

  it('keeps of a change that failed what a replay reads', async () => {
    const store = inMemoryDocumentStore();
    const log = { info() {}, warn() {}, error() {} };
    const ports = { store, log, now: () => new Date('2026-11-21T08:12:46.000Z') };
    const { keptChange } = golden.documents;
    const text = 'inline' in keptChange.payload ? keptChange.payload.inline : '';
    const message = {
      messageId: '77',
      publishTime: '2026-11-21T08:12:46.000Z',
      data: Buffer.from(text).toString('base64'),
      attributes: { kind: 'message-removed' },
    };
    expect(await handleDeadLetter(ports, { message })).toBe(204);
    expect(store.documents.get('events/rocketchat-77')?.fields).toMatchObject(keptChange);
    expect(ChatChange.parse(JSON.parse(text))).toEqual(golden.changes['messageRemoved']);
  });
});
