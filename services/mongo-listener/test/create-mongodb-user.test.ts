import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';

/** The administrator's script, run as mongosh runs it, on a database that notes what it is told. */
const SCRIPT = readFileSync(join(import.meta.dirname, '../scripts/create-mongodb-user.js'), 'utf8');

class Quit extends Error {}

class NotedDatabase {
  readonly roles = new Map<string, unknown>();
  readonly users = new Map<string, unknown>();
  readonly calls: string[] = [];
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
  getName(): string {
    return this.name;
  }
  getRole(role: string): unknown {
    return this.roles.get(role) ?? null;
  }
  getUser(user: string): unknown {
    return this.users.get(user) ?? null;
  }
  createRole(role: { readonly role: string }): void {
    this.calls.push('createRole');
    this.roles.set(role.role, role);
  }
  updateRole(name: string, role: object): void {
    this.calls.push('updateRole');
    this.roles.set(name, { role: name, ...role });
  }
  createUser(user: { readonly user: string }): void {
    this.calls.push('createUser');
    this.users.set(user.user, user);
  }
  updateUser(name: string, user: object): void {
    this.calls.push('updateUser');
    this.users.set(name, { user: name, ...user });
  }
}

function run(db: NotedDatabase, env: Readonly<Record<string, string>> = {}): string {
  const printed: string[] = [];
  runInNewContext(SCRIPT, {
    db,
    process: { env },
    passwordPrompt: () => 'typed in',
    print: (line: string) => printed.push(line),
    quit: () => {
      throw new Quit();
    },
  });
  return printed.join('\n');
}

test('grants the change stream of one database and reading it, and nothing else', () => {
  const db = new NotedDatabase('rocketchat');
  run(db);
  expect(db.roles.get('innkeeperListener')).toEqual({
    role: 'innkeeperListener',
    privileges: [{ resource: { db: 'rocketchat', collection: '' }, actions: ['changeStream', 'find'] }],
    roles: [],
  });
  expect(db.users.get('innkeeper_listener')).toEqual({
    user: 'innkeeper_listener',
    pwd: 'typed in',
    roles: [{ role: 'innkeeperListener', db: 'rocketchat' }],
  });
});

test('run again, sets the same rights, and takes the password from the environment without printing it', () => {
  const db = new NotedDatabase('rocketchat');
  run(db);
  const role = structuredClone(db.roles.get('innkeeperListener'));
  const printed = run(db, { LISTENER_PASSWORD: 'from-outside' });
  expect(db.calls).toEqual(['createRole', 'createUser', 'updateRole', 'updateUser']);
  expect(db.roles.get('innkeeperListener')).toEqual(role);
  expect(db.users.get('innkeeper_listener')).toMatchObject({ pwd: 'from-outside' });
  expect(printed).not.toContain('from-outside');
});

test('a dry run says what it would do and does nothing', () => {
  const db = new NotedDatabase('rocketchat');
  expect(run(db, { DRY_RUN: '1' })).toContain('would be created');
  expect(db.calls).toEqual([]);
});

test("refuses one of MongoDB's own databases", () => {
  const db = new NotedDatabase('admin');
  expect(() => run(db)).toThrow(Quit);
  expect(db.calls).toEqual([]);
});
