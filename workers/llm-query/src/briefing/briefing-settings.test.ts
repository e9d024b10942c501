import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { scopesVariable } from '../config.ts';
import { briefingsVariable, refuseBriefingsWithoutScope } from './briefing-settings.ts';

const parse = (text: string | undefined) => briefingsVariable.safeParse(text);

describe('ASSISTANT_BRIEFINGS', () => {
  test('absent means that nobody is briefed', () => {
    expect(parse(undefined)).toMatchObject({ success: true, data: [] });
  });

  test('names rooms, their clock, and what they get', () => {
    const text = '[{"room":"#front-desk","zone":"Europe/Lisbon","morning":"07:30","evening":"18:00","announce":true}]';
    expect(parse(text).data).toEqual([
      { room: '#front-desk', zone: 'Europe/Lisbon', morning: '07:30', evening: '18:00', announce: true },
    ]);
    expect(parse('[{"room":"GENERAL","zone":"UTC"}]').data).toEqual([
      { room: 'GENERAL', zone: 'UTC', announce: false },
    ]);
  });

  test.each([
    ['no JSON', '{'],
    ['no list', '{}'],
    ['a zone nobody knows', '[{"room":"#a","zone":"Europe/Atlantis"}]'],
    ['a time that is none', '[{"room":"#a","zone":"UTC","morning":"7:30"}]'],
    ['a room twice', '[{"room":"#a","zone":"UTC","morning":"07:30"},{"room":"#a","zone":"UTC","evening":"18:00"}]'],
  ])('is refused with an example for %s', (_name, text) => {
    const parsed = parse(text);
    expect(parsed.success).toBe(false);
    expect(parsed.error?.issues[0]?.message).toContain('must be JSON like [{"room":"#front-desk"');
  });

  const refusal = (room: string, scopes: string): unknown => {
    const environment = z
      .object({ ASSISTANT_SCOPES: scopesVariable, ASSISTANT_BRIEFINGS: briefingsVariable })
      .check(refuseBriefingsWithoutScope);
    const rooms = JSON.stringify([{ room, zone: 'UTC', morning: '07:30' }]);
    return environment.safeParse({ ASSISTANT_SCOPES: scopes, ASSISTANT_BRIEFINGS: rooms }).error?.issues[0];
  };

  test.each([
    ['with the scope none', '#lobby', '{"rooms":{"*":"full","#lobby":"none"}}'],
    ['that is not listed', '#lobby', '{"rooms":{"#front-desk":"full"}}'],
    ['listed by another of its names', 'R1', '{"rooms":{"#front-desk":"full"}}'],
  ])('is refused for a room %s', (_name, room, scopes) => {
    expect(refusal(room, scopes)).toMatchObject({
      path: ['ASSISTANT_BRIEFINGS'],
      message: `${room}: the scope in ASSISTANT_SCOPES is none; list the room there, or take it off here`,
    });
  });

  test.each([
    ['a room with a scope', 'R1', '{"rooms":{"R1":"operations"}}'],
    ['a room that every room’s scope covers', '#lobby', '{"rooms":{"*":"operations"}}'],
  ])('is accepted for %s', (_name, room, scopes) => {
    expect(refusal(room, scopes)).toBeUndefined();
  });
});
