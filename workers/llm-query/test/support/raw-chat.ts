import fc from 'fast-check';

/** Rocket.Chat as its MongoDB holds it, as far as reading rooms goes: what the oracle judges by. */
export interface RawChat {
  readonly users: readonly { readonly _id: string; readonly active: boolean; readonly roles: readonly string[] }[];
  readonly rooms: readonly RawRoom[];
  readonly subscriptions: readonly {
    readonly _id: string;
    readonly rid: string;
    readonly u: { readonly _id: string };
    readonly status?: string;
  }[];
  /** `type` 0 is a public team, 1 a private one; `roomId` is its main room. */
  readonly teams: readonly { readonly _id: string; readonly type: 0 | 1; readonly roomId: string }[];
  readonly teamMembers: readonly { readonly teamId: string; readonly userId: string }[];
  readonly messages: readonly RawMessage[];
}

export interface RawRoom {
  readonly _id: string;
  readonly t: 'c' | 'p' | 'd' | 'l' | 'v';
  readonly prid?: string;
  readonly teamId?: string;
  readonly teamMain?: true;
  readonly archived?: true;
  readonly uids?: readonly string[];
}

export interface RawMessage {
  readonly _id: string;
  readonly rid: string;
  readonly about: 'talk' | 'question' | 'answer' | 'deleted';
}

export const BOT_ID = 'bot';
const TEAMS = [
  { _id: 'team-open', type: 0, roomId: 'main-open' },
  { _id: 'team-closed', type: 1, roomId: 'main-closed' },
  { _id: 'team-other', type: 1, roomId: 'main-other' },
  { _id: 'team-orphan', type: 1, roomId: 'deleted-main' },
] as const;

const user = fc.record({
  active: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  roles: fc.constantFrom(['user'], ['user'], ['user', 'cleaner'], ['admin'], ['guest'], ['cleaner'], []),
  teams: fc.subarray(TEAMS.map(team => team._id)),
});

const room = fc.record({
  t: fc.constantFrom('c', 'c', 'c', 'p', 'p', 'p', 'd', 'd', 'l', 'v'),
  parent: fc.option(fc.nat(14), { freq: 2 }),
  team: fc.option(fc.constantFrom(...TEAMS.map(team => team._id)), { freq: 2 }),
  archived: fc.boolean(),
  people: fc.subarray([0, 1, 2, 3, 4]),
});

/** How each person stands to a room; `-` not at all. */
const joined = fc.array(fc.constantFrom('in', 'in', 'BANNED', 'INVITED', '-', '-', '-'), {
  minLength: 5,
  maxLength: 5,
});

/** Small companies in every constellation: teams, nested and circular discussions, banned people, visitors' rooms. */
export const rawChat: fc.Arbitrary<RawChat> = fc
  .record({
    users: fc.array(user, { minLength: 5, maxLength: 5 }),
    rooms: fc.array(fc.tuple(room, joined), { minLength: 6, maxLength: 10 }),
    about: fc.array(fc.constantFrom('talk', 'talk', 'talk', 'question', 'answer', 'deleted'), {
      minLength: 14,
      maxLength: 14,
    }),
  })
  .map(({ users, rooms, about }) => {
    const people = users.map((person, index) => ({ _id: `user${index}`, ...person }));
    const mains: RawRoom[] = TEAMS.filter(({ _id }) => _id !== 'team-orphan').map(({ _id, type, roomId }) => ({
      _id: roomId,
      t: type === 0 ? 'c' : 'p',
      teamId: _id,
      teamMain: true,
    }));
    const direct: RawRoom = { _id: 'alone', t: 'd', uids: ['user0', BOT_ID] };
    const ids = [...mains.map(main => main._id), direct._id, ...rooms.map((_, index) => `room${index}`)];
    const others = rooms.map(([{ t, parent, team, archived, people: inside }], index): RawRoom => {
      const prid = parent === null || (t !== 'c' && t !== 'p') ? undefined : (ids[parent % ids.length] ?? 'gone');
      return {
        _id: `room${index}`,
        t,
        ...(prid === undefined ? {} : { prid }),
        ...(team === null || (t !== 'c' && t !== 'p') ? {} : { teamId: team }),
        ...(archived ? { archived: true } : {}),
        ...(t === 'd' ? { uids: inside.map(person => `user${person}`) } : {}),
      };
    });
    const teamMembers = people.flatMap(({ _id, teams }) => teams.map(teamId => ({ teamId, userId: _id })));
    const inMain = teamMembers.map(({ teamId, userId }) => [`main-${teamId.slice('team-'.length)}`, userId] as const);
    const inRoom = rooms.flatMap(([{ t }, standings], index) =>
      t === 'd' ? [] : standings.map((standing, person) => [`room${index}`, `user${person}`, standing] as const),
    );
    const inDirect = [direct, ...others].flatMap(({ _id, uids }) => (uids ?? []).map(userId => [_id, userId] as const));
    const subscriptions = [...inMain, ...inDirect, ...inRoom].flatMap(([rid, userId, standing = 'in'], index) => {
      if (standing === '-') return [];
      const status = standing === 'in' ? {} : { status: standing };
      return [{ _id: `sub${index}`, rid, u: { _id: userId }, ...status }];
    });
    return {
      users: people.map(({ _id, active, roles }) => ({ _id, active, roles })),
      rooms: [...mains, direct, ...others],
      subscriptions,
      teams: TEAMS,
      teamMembers,
      messages: ids.map((rid, index) => ({ _id: `m${index}`, rid, about: about[index % about.length] ?? 'talk' })),
    };
  });
