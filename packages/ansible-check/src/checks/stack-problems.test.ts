import { expect, test } from 'vitest';
import { Stack, stackProblems } from './stack-problems.ts';

const service = {
  image: 'nats:2.11.10',
  healthcheck: { test: ['CMD', 'true'] },
  deploy: {
    resources: { limits: { memory: '64M', pids: 64 } },
    restart_policy: { condition: 'any' },
    update_config: { failure_action: 'rollback' },
    rollback_config: { order: 'stop-first' },
  },
};
const problems = (changed: object, networks: object = {}): string =>
  stackProblems('nats', Stack.parse({ services: { nats: { ...service, ...changed } }, networks })).join('\n');

test('a service with all it needs is well', () => {
  expect(problems({}, { edge: { external: true } })).toBe('');
});

test.each([
  ['no health check', { healthcheck: undefined }],
  ['no memory limit', { deploy: { ...service.deploy, resources: {} } }],
  ['no limit of processes', { deploy: { ...service.deploy, resources: { limits: { memory: '64M' } } } }],
  ['a failed update is not rolled back', { deploy: { ...service.deploy, update_config: { failure_action: 'pause' } } }],
  ['says not how it is rolled back', { deploy: { ...service.deploy, rollback_config: undefined } }],
  ['says not when it is restarted', { deploy: { ...service.deploy, restart_policy: undefined } }],
  ["key is not its user's", { user: '1000:1000', secrets: [{ source: 'key', mode: 0o400 }] }],
  ['MONGODB_URI is a secret in the environment', { environment: { MONGODB_URI: 'mongodb://…' } }],
])('%s is told', (sentence, changed) => {
  expect(problems(changed)).toContain(sentence);
});

test("a secret of the service's own user is well", () => {
  expect(problems({ user: '1000:1000', secrets: [{ source: 'key', uid: '1000', gid: '1000', mode: 0o400 }] })).toBe('');
});

test("a network of a stack's own needs an MTU that fits", () => {
  expect(problems({}, { own: { driver: 'overlay' } })).toContain('large packets vanish');
  expect(problems({}, { own: { driver_opts: { 'com.docker.network.driver.mtu': '1400' } } })).toBe('');
});
