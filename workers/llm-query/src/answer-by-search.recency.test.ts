import { scriptedLanguageModel } from '@innkeeper/shared/testing/scripted-language-model';
import { expect, test } from 'vitest';
import { chatDesk, talkRoom } from '../test/support/chat-desk.ts';
import { ASKED_AT } from '../test/support/world.ts';

/** The newest comes first where it is asked for, also from among more finds than one question weighs. */
const quotesEverything = scriptedLanguageModel(({ user }) => ({
  says: {
    answerable: true,
    claims: [...user.matchAll(/<source id="(\d+)"[^>]*>\n([^\n]*)\n<\/source>/gu)]
      .slice(0, 6)
      .map(([, id, text]) => ({ claim: `About the boiler: ${text}`, sourceId: Number(id), quote: text })),
  },
}));
const unavailable = scriptedLanguageModel(() => ({ fails: { kind: 'unavailable', detail: '' } }));

async function desk(model: typeof unavailable) {
  const made = chatDesk({ model });
  await made.putAll([
    ['heartbeats/mongo-listener', { v: 1, at: ASKED_AT, state: 'streaming', caughtUpTo: ASKED_AT }],
    ['chatAccess/rooms', { v: 1, rooms: { R1: { type: 'c', teamMain: false } } }],
    ['chatAccess/user:frida', { v: 1, user: { version: 1, active: true, roles: ['user'] }, rooms: {} }],
    ['chatRooms/R1', talkRoom('c', { name: 'front-desk' })],
  ]);
  const say = (id: string, text: string, sentAt: string) => {
    const said = { roomId: 'R1', text, sentAt };
    const author = { authorId: 'bruno', authorUsername: 'bruno', authorName: 'Bruno' };
    return made.putMessage(id, { v: 1, version: 1, deleted: false, role: 'evidence', ...author, ...said }, said);
  };
  // The old ones share more with the question than the newest does.
  for (let day = 1; day <= 19; day += 1) {
    const date = String(day).padStart(2, '0');
    await say(`m${date}`, `boiler boiler day ${date}`, `2026-11-${date}T08:00:00.000Z`);
  }
  await say('newest', 'and now the boiler in the cellar is repaired by the man from town', '2026-11-20T08:00:00.000Z');
  const quotes = async (text: string): Promise<string[]> => {
    const { answer } = await made.ask(text, { roomId: 'R1', askerId: 'frida' });
    return answer.parts.join('\n').match(/(?<=^> “).*(?=”$)/gmu) ?? [];
  };
  return { quotes };
}

test.each([
  ['a model', quotesEverything],
  ['code', unavailable],
])('quoted by %s, the latest is the first', async (_name, model) => {
  const { quotes } = await desk(model);
  expect((await quotes('what is the latest on the boiler?'))[0]).toContain('repaired by the man');
  const others = await quotes('what was said about the boiler?');
  expect(others.length).toBeGreaterThan(1);
  expect(others[0]).not.toContain('repaired by the man');
});
