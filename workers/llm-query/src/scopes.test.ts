import { describe, expect, test } from 'vitest';
import { AssistantScopes, scopeOf } from './scopes.ts';

const scopes = AssistantScopes.parse({
  rooms: { '*': 'full', '#cleaners': 'operations', R2: 'none' },
  users: { '*': 'none', frida: 'full', u9: 'operations' },
});
const room = { roomType: 'public', roomId: 'R1', roomName: 'general', askerId: 'u1', askerName: 'frida' } as const;

describe('scopeOf', () => {
  test('the most specific entry wins: id, then name, then *', () => {
    expect(scopeOf(room, scopes)).toBe('full');
    expect(scopeOf({ ...room, roomName: 'cleaners' }, scopes)).toBe('operations');
    expect(scopeOf({ ...room, roomName: 'cleaners', roomId: 'R2' }, scopes)).toBe('none');
  });

  test('a direct message goes by its user', () => {
    const direct = { ...room, roomType: 'direct' } as const;
    expect(scopeOf(direct, scopes)).toBe('full');
    expect(scopeOf({ ...direct, askerId: 'u9' }, scopes)).toBe('operations');
    expect(scopeOf({ ...direct, askerName: 'otto' }, scopes)).toBe('none');
  });

  test('unlisted is none, also for names that every object has', () => {
    const empty = AssistantScopes.parse({});
    expect(scopeOf(room, empty)).toBe('none');
    expect(scopeOf({ ...room, roomId: 'constructor' }, empty)).toBe('none');
    expect(empty.words).toEqual(['!query']);
  });

  test('a scope nobody defined is refused', () => {
    expect(AssistantScopes.safeParse({ rooms: { '*': 'everything' } }).success).toBe(false);
  });
});
