import { expect, test } from 'vitest';
import { imageProblem, isPinnedByDigest } from './image-pins.ts';

const digest = `@sha256:${'0a'.repeat(32)}`;

test.each(['docker.io/library/mongo:8.0.20', 'quay.io/keycloak/keycloak:26.7.3', `traefik:v3.7.16${digest}`])(
  '%s is exact',
  image => expect(imageProblem(image)).toBeUndefined(),
);

test.each(['mongo', 'mongo:latest', 'mongo:8', `mongo:latest${digest}`, 'mongo:8.0.20@sha256:0a'])('%s is not', image =>
  expect(imageProblem(image)).toContain(image),
);

test('a digest is told from a tag', () => {
  expect([isPinnedByDigest(`traefik:v3.7.16${digest}`), isPinnedByDigest('traefik:v3.7.16')]).toEqual([true, false]);
});
