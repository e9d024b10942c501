/** Who plays, and where they talk. Ids have 17 characters, like Rocket.Chat's own. */
export interface Person {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  /** Personal access token. */
  readonly token: string;
}

export interface Room {
  readonly id: string;
  readonly name: string;
  readonly type: 'c' | 'p';
  readonly people: readonly Person[];
}

export const FRIDA = person('fRidA00000000demo', 'frida', 'Frida');
export const BRUNO = person('bRuNo00000000demo', 'bruno', 'Bruno');
export const OLGA = person('oLgA000000000demo', 'olga', 'Olga');
export const PEOPLE = [FRIDA, BRUNO, OLGA];

export const FRONT_DESK: Room = { id: 'fRoNtDeSk0000demo', name: 'front-desk', type: 'c', people: PEOPLE };
/** Private: Frida is not in it. */
export const OWNERS: Room = { id: 'oWnErS0000000demo', name: 'owners', type: 'p', people: [BRUNO, OLGA] };
/** Opened in the course of the day; nobody can be briefed there before. */
export const MORNING_ROUND: Room = { id: 'mOrNiNgRnd000demo', name: 'morning-round', type: 'c', people: PEOPLE };
export const ROOMS = [FRONT_DESK, OWNERS];

function person(id: string, username: string, name: string): Person {
  return { id, username, name, token: `personal-token-of-${username}` };
}

/** A direct room's id is both people's ids, joined in order. */
export const directRoomId = (personId: string, botUserId: string): string => [personId, botUserId].sort().join('');
