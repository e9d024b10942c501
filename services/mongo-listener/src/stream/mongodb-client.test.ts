import { Secret } from '@innkeeper/shared/config/secret';
import { describe, expect, it } from 'vitest';
import { databaseIn, mongodbClient } from './mongodb-client.ts';

describe('the database of an address', () => {
  it.each([
    ['mongodb://u:p@a.example:27017,b.example:27017/team%20chat?replicaSet=rs0', 'team chat'],
    ['mongodb+srv://u:p@a.example/rocketchat', 'rocketchat'],
    ['mongodb://a.example/?replicaSet=rs0', 'rocketchat'],
    ['mongodb://a.example', 'rocketchat'],
  ])('%s', (uri, database) => {
    expect(databaseIn(new Secret(uri))).toBe(database);
  });
});

it('does not quote an address that is none', () => {
  expect(() => mongodbClient(new Secret('mongo://user:secret@host'))).toThrow(/MONGODB_URI: is no connection string/u);
  expect(() => mongodbClient(new Secret('mongo://user:secret@host'))).not.toThrow(/secret@/u);
});
