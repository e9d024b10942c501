import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { ANSIBLE } from './folders.ts';

/** The role's script, run as mongosh runs it, on a replica set that keeps what it is told. */
const SCRIPT = readFileSync(join(ANSIBLE, 'roles/apps/mongodb/files/set-up.js'), 'utf8');

interface User {
  readonly roles: readonly { readonly role: string; readonly db: string }[];
  readonly customData: { readonly digest: string };
  readonly pwd: string;
}
interface Member {
  readonly _id: number;
  readonly host: string;
}

class ReplicaSet {
  config: { version: number; members: Member[] } | undefined;
  readonly users = new Map<string, User>();
  /** Elections that are still to go by before there is a primary. */
  electionsLeft = 2;
  /** How long a client looks for a primary before it says there is none. */
  selectionMs = 0;
  nowMs = 0;

  command(command: Readonly<Record<string, unknown>>): unknown {
    if ('replSetGetStatus' in command) {
      if (this.config === undefined) throw Object.assign(new Error('no config'), { codeName: 'NotYetInitialized' });
      return { ok: 1 };
    }
    if ('replSetInitiate' in command) this.config = { version: 1, ...(command['replSetInitiate'] as object) } as never;
    if ('replSetReconfig' in command) this.config = command['replSetReconfig'] as never;
    if ('replSetGetConfig' in command) return { config: structuredClone(this.config) };
    if ('hello' in command) return { isWritablePrimary: this.config !== undefined && this.electionsLeft-- <= 0 };
    return { ok: 1 };
  }

  database(name: string): object {
    return {
      runCommand: (command: Readonly<Record<string, unknown>>) => this.command(command),
      getUser: (user: string) => this.users.get(`${name}.${user}`) ?? null,
      createUser: ({ user, ...rest }: User & { readonly user: string }) => this.users.set(`${name}.${user}`, rest),
      updateUser: (user: string, rest: User) => this.users.set(`${name}.${user}`, rest),
    };
  }
}

const user = (database: string, name: string, digest: string, roles: User['roles']) => ({
  database,
  name,
  password: `password of ${name}`,
  digest,
  roles,
});
const settings = {
  replicaSet: 'rs0',
  addresses: ['10.30.1.11:27017', '10.30.1.12:27017', '10.30.1.13:27017'],
  rootPassword: 'root/:@',
  users: [
    user('rocketchat', 'rocketchat', 'a', [{ role: 'dbOwner', db: 'rocketchat' }]),
    user('admin', 'backup', 'b', [{ role: 'backup', db: 'admin' }]),
  ],
  listener: { database: 'rocketchat', name: 'innkeeper_listener', digest: 'l' },
};

function run(set: ReplicaSet, changed: object = {}) {
  const addresses: string[] = [];
  const printed: string[] = [];
  class Mongo {
    constructor(address: string) {
      addresses.push(address);
      if (set.selectionMs === 0 || address.includes('directConnection')) return;
      set.nowMs += set.selectionMs;
      throw new Error('Server selection timed out');
    }
    getDB(name: string): object {
      return set.database(name);
    }
  }
  const clock = { now: () => set.nowMs };
  const sleep = (ms: number): void => void (set.nowMs += ms);
  const print = (line: string): number => printed.push(line);
  runInNewContext(SCRIPT, { settings: { ...settings, ...changed }, Mongo, print, sleep, Date: clock });
  const last = JSON.parse(printed.at(-1) ?? '') as { readonly did: string[]; readonly listenerIsCurrent: boolean };
  return { ...last, addresses, printed: printed.join('\n') };
}

describe('the replica set and its users', () => {
  test('are made once, after an election, and told of without a password', () => {
    const set = new ReplicaSet();
    const first = run(set);
    expect(first.did).toEqual(['initiated rs0', 'set user rocketchat.rocketchat', 'set user admin.backup']);
    expect(first.listenerIsCurrent).toBe(false);
    expect(first.addresses[0]).toBe(
      'mongodb://root:root%2F%3A%40@127.0.0.1:27017/?directConnection=true&authSource=admin',
    );
    expect(first.printed).not.toContain('password of');
    expect(set.config?.members.map(({ host }) => host)).toEqual(settings.addresses);
    expect(set.users.get('admin.backup')).toMatchObject({ pwd: 'password of backup', customData: { digest: 'b' } });
    expect(run(set).did).toEqual([]);
  });

  test('a changed password or right is set anew, and nothing else', () => {
    const set = new ReplicaSet();
    run(set);
    const [rocketchat, backup] = settings.users;
    expect(run(set, { users: [rocketchat, { ...backup, digest: 'b2' }] }).did).toEqual(['set user admin.backup']);
    const stronger = { ...rocketchat, roles: [{ role: 'readWrite', db: 'rocketchat' }] };
    expect(run(set, { users: [stronger] }).did).toEqual(['set user rocketchat.rocketchat']);
  });

  test('a new member is added under an id nobody had, one that is not named stays', () => {
    const set = new ReplicaSet();
    run(set, { addresses: settings.addresses.slice(0, 2) });
    const { did } = run(set, { addresses: settings.addresses.slice(1) });
    expect(did).toEqual(['added 10.30.1.13:27017']);
    expect(set.config).toMatchObject({ version: 2, members: [{ _id: 0 }, { _id: 1 }, { _id: 2 }] });
  });

  test("the listener's user is current by its password's digest and its one role", () => {
    const set = new ReplicaSet();
    const roles = [{ role: 'innkeeperListener', db: 'rocketchat' }];
    set.users.set('rocketchat.innkeeper_listener', { roles, customData: { digest: 'l' }, pwd: '' });
    expect(run(set).listenerIsCurrent).toBe(true);
    set.users.set('rocketchat.innkeeper_listener', { roles, customData: { digest: 'old' }, pwd: '' });
    expect(run(set).listenerIsCurrent).toBe(false);
  });

  test('without a primary for a minute it gives up', () => {
    const set = new ReplicaSet();
    set.electionsLeft = Number.POSITIVE_INFINITY;
    expect(() => run(set)).toThrow('no primary');
    expect(set.nowMs).toBe(60_000);
  });

  test('a client that looks for a primary itself does not make an hour of the minute', () => {
    const set = new ReplicaSet();
    set.selectionMs = 30_000;
    expect(() => run(set)).toThrow('Server selection timed out');
    expect(set.nowMs).toBeLessThan(120_000);
  });
});

test("the listener's own script sets its user under the name and password of the role", () => {
  const read = (file: string): string => readFileSync(join(ANSIBLE, file), 'utf8');
  const script = [
    read('roles/apps/mongodb/files/listener-connect.js'),
    read('../services/mongo-listener/scripts/create-mongodb-user.js'),
    read('roles/apps/mongodb/files/listener-remember.js'),
  ].join('\n');
  const set = new ReplicaSet();
  const made: unknown[] = [];
  const database = {
    ...set.database('rocketchat'),
    getName: () => 'rocketchat',
    getRole: () => null,
    createRole: () => undefined,
    createUser: (user: unknown) => made.push(user),
    updateUser: (...change: unknown[]) => made.push(change),
  };
  class Mongo {
    getDB(): object {
      return database;
    }
  }
  const listener = { database: 'rocketchat', name: 'innkeeper_listener', password: 'of the listener', digest: 'l' };
  const printed: string[] = [];
  runInNewContext(script, {
    settings: { ...settings, listener },
    Mongo,
    db: undefined,
    process: { env: {} },
    print: (line: string) => printed.push(line),
  });
  expect(made).toMatchObject([
    { user: 'innkeeper_listener', pwd: 'of the listener', roles: [{ role: 'innkeeperListener', db: 'rocketchat' }] },
    ['innkeeper_listener', { customData: { digest: 'l' } }],
  ]);
  expect(printed.join()).not.toContain('of the listener');
});

test.each([
  [{ isWritablePrimary: true, secondary: false, setName: 'rs0' }, 'primary', 0],
  [{ isWritablePrimary: false, secondary: true, setName: 'rs0' }, 'secondary', 0],
  [{ isWritablePrimary: false, secondary: false, isreplicaset: true }, 'new', 0],
  [{ isWritablePrimary: false, secondary: false, setName: 'rs0' }, 'catching up', 1],
])('the next member is updated once this one serves: %j', (hello, state, code) => {
  const script = readFileSync(join(ANSIBLE, 'roles/apps/mongodb/files/member-serves.js'), 'utf8');
  const ended: unknown[] = [];
  const note = (said: unknown): number => ended.push(said);
  runInNewContext(script, { db: { hello: () => hello }, print: note, quit: note });
  expect(ended).toEqual([state, code]);
});
