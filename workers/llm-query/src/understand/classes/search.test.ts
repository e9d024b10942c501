import { describe, expect, test } from 'vitest';
import { askedAt, homes, words } from '../__fixtures__/world.ts';
import { understand } from '../understand.ts';

interface Searched {
  readonly kinds: readonly string[];
  readonly rooms: readonly string[] | undefined;
}
const read = (text: string): Searched | string => {
  const plan = understand({ text, askedAt, homes, words });
  return plan.kind === 'search' ? { kinds: plan.kinds, rooms: plan.rooms } : plan.kind;
};
const everything = { kinds: [], rooms: undefined };
const chat = { kinds: ['chat-message'], rooms: undefined };
const room = (...rooms: string[]) => ({ kinds: ['chat-message'], rooms });

describe('a question about what was said', () => {
  test.each<[string, Searched]>([
    ['what did Frida promise about the cot?', everything],
    ['what did Bruno say about the boiler', everything],
    ['what was said about the boiler?', everything],
    ['did anyone mention the boiler in chat?', chat],
    ['did somebody write about the boiler in the team chat', chat],
    ['any chat messages about the boiler?', chat],
    ['hat jemand im Chat den Boiler erwähnt?', chat],
    ["quelqu'un a parlé de la chaudière dans le chat ?", chat],
    ['alguien mencionó la caldera en el chat?', chat],
    ['alguém falou da caldeira no chat?', chat],
    ['any messages about the boiler?', { kinds: ['guest-message', 'text-message'], rooms: undefined }],
    ['what was said about the boiler in #front-desk?', room('front-desk')],
    ['what was said about the boiler in the #Front_Desk.2.', room('Front_Desk.2')],
    ['boiler in #owners or in #front-desk, in #owners?', room('owners', 'front-desk')],
    ['was wurde im #büro zum Boiler gesagt', room('büro')],
    ['notes on booking #HMX3', everything],
    ['what about the invoice in #4711', everything],
    ["qui arrive aujourd'hui avec un chat", everything],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test('names no more rooms than one read takes', () => {
    const plan = read(`boiler ${Array.from({ length: 40 }, (_, index) => `in #room${index}`).join(' ')}`);
    expect(plan).toMatchObject({ rooms: ['room0', 'room1', 'room2', 'room3', 'room4'] });
  });
});

describe('a question that narrows to guests by their stays', () => {
  const narrowed = (text: string): string | undefined => {
    const plan = understand({ text, askedAt, homes, words });
    return plan.kind === 'search' ? `${plan.whose ?? 'anybody'} ${plan.when?.words ?? '-'}` : plan.kind;
  };
  test.each([
    ['guests arriving Saturday who asked about parking', 'arriving Saturday'],
    ['arrivals this weekend with a note about allergies', 'arriving this weekend'],
    ['messages about parking from guests checking in tomorrow', 'arriving tomorrow'],
    ['did anyone leaving on Friday complain about noise?', 'leaving Friday'],
    ['in-house guests who mentioned the heating', 'staying '],
    ['welche Gäste, die morgen anreisen, haben nach einem Parkplatz gefragt?', 'arriving morgen'],
    ['what did Bruno say about the arrivals on Saturday?', 'anybody Saturday'],
    ['did anyone staying in the flat complain about noise?', 'anybody -'],
    ['did anyone mention the boiler yesterday?', 'anybody yesterday'],
  ])('%s', (text, expected) => {
    expect(narrowed(text)).toBe(expected);
  });

  test('who wrote or called is not searched in calls alone', () => {
    expect(read('who wrote or called about the boiler?')).toEqual(everything);
    expect(read('who called about the boiler?')).toEqual({ kinds: ['call'], rooms: undefined });
  });
});
