import { describe, expect, it } from 'vitest';
import { readRestoreCommand } from './read-restore-command.ts';

const read = (line: string) => readRestoreCommand(line === '' ? [] : line.split(' '));
const refusal = (line: string): string => {
  const command = read(line);
  return command.ok ? `no refusal: ${JSON.stringify(command.value)}` : command.error.sentence;
};

describe('the command line of pnpm restore', () => {
  it.each(['', '--help', 'help', 'list --help', 'files --help', 'everything latest -h', 'erase --help'])(
    'helps: %j',
    line => {
      expect(read(line)).toMatchObject({ ok: true, value: { kind: 'help' } });
    },
  );

  it('reads paths of the filer as they are meant', () => {
    expect(read('files latest /a/../b/ / --to /tmp/x')).toMatchObject({
      ok: true,
      value: { run: 'latest', what: { kind: 'files', paths: ['/b', '/'], folder: '/tmp/x' } },
    });
  });

  it('never does anything without --yes, and says who only when told', () => {
    expect(read('keycloak 2026-11-21-manual-1 --to postgresql://keycloak@localhost/keycloak')).toEqual({
      ok: true,
      value: {
        kind: 'restore',
        run: '2026-11-21-manual-1',
        what: { kind: 'keycloak', postgres: 'postgresql://keycloak@localhost/keycloak' },
        overwrite: false,
        intoSource: false,
        erasures: { kind: 'firestore' },
        signature: { yes: false, by: undefined, record: undefined },
      },
    });
  });

  it('takes a collection under the same name or another', () => {
    const line = 'collection latest rocketchat.rocketchat_message --to mongodb://db';
    const from = { database: 'rocketchat', collection: 'rocketchat_message' };
    expect(read(line)).toMatchObject({ value: { what: { from, as: from } } });
    expect(read(`${line} --as check.a.b`)).toMatchObject({
      value: { what: { from, as: { database: 'check', collection: 'a.b' } } },
    });
  });

  it.each([
    ['collection latest a.b --to mongodb://root:secret@db', 'RESTORE_MONGODB_PASSWORD'],
    ['keycloak latest --to postgresql://kc:secret@db/keycloak', 'RESTORE_POSTGRES_PASSWORD'],
    ['keycloak latest --to postgresql://kc@db/keycloak?password=secret', 'RESTORE_POSTGRES_PASSWORD'],
    ['everything latest --to x --mongodb mongodb://root:secret@db', 'RESTORE_MONGODB_PASSWORD'],
  ])('refuses a password where every process can read it, and does not repeat it: %s', (line, variable) => {
    expect(refusal(line)).toContain(variable);
    expect(refusal(line)).not.toContain('secret');
  });

  it('lets an address be that only looks as if it had a password', () => {
    expect(read('collection latest a.b --to mongodb://one:27017,two:27017/?authSource=admin').ok).toBe(true);
  });

  it.each([
    ['restart', 'There is no command restart.'],
    ['restore', 'There is no command restore.'],
    ['toString', 'There is no command toString.'],
    ['files', 'Which run?'],
    ['files yesterday /a --to x', 'yesterday is no run'],
    ['files latest a --to x', 'starts with a /'],
    ['files latest /a', '--to FOLDER is missing'],
    ['browse latest:photos', 'there is no photos'],
    ['browse latest:mongodb /a', 'Only files are browsed by a path'],
    ['collection latest users --to mongodb://db', 'DATABASE.COLLECTION'],
    ['collection latest a.b --to postgresql://db', 'mongodb://'],
    ['list --yes', "'--yes'"],
    ['list latest', 'a word too much: latest'],
    ['files latest / --to x --erasures e.json --without-erasures', 'contradict'],
    ['erase latest', 'At least one of'],
    ['erase latest --firestore only-a-project', 'PROJECT/DATABASE'],
  ])('refuses %s', (line, sentence) => {
    expect(refusal(line)).toContain(sentence);
  });
});
