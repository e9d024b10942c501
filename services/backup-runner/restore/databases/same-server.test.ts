import { expect, it } from 'vitest';
import { isSameMongodb, isSamePostgres } from './same-server.ts';

it.each([
  ['mongodb://a', 'mongodb://root:pw@A:27017/rocketchat', true],
  ['mongodb://b:27018,a', 'mongodb://c,a:27017/?replicaSet=rs0', true],
  ['mongodb://localhost', 'mongodb://127.0.0.1:27017', true],
  ['mongodb://a:1', 'mongodb://a:2', false],
  ['mongodb://a', 'mongodb://b', false],
])('MongoDB at %s and at %s: the same is %s', (one, other, same) => {
  expect(isSameMongodb(one, other)).toBe(same);
});

it.each([
  ['postgresql://kc@db/keycloak', 'postgres://backup:pw@db:5432/keycloak?sslmode=require', true],
  ['postgresql://kc@db/keycloak', 'postgresql://kc@db/check', false],
  ['postgresql://kc@db/keycloak', 'postgresql://kc@other/keycloak', false],
])('PostgreSQL at %s and at %s: the same is %s', (one, other, same) => {
  expect(isSamePostgres(one, other)).toBe(same);
});
