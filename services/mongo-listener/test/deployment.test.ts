import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { dockerfileWords, lastStage } from './support/read-dockerfile.ts';

/** What is deployed says the same everywhere: image, stack, configuration, and the pins of the rest of the repository. */
const ROOT = resolve(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const STACK_FILE = 'services/docker-compose.mongo-listener.yml';
const STACK_VARIABLES = {
  LISTENER_IMAGE: 'innkeeper/mongo-listener:0.1.0',
  GOOGLE_CLOUD_PROJECT: 'bnb',
  ROCKETCHAT_USER_ID: 'bot',
  QUESTIONS_URL: 'https://assistant.example.com/questions',
};

const Healthcheck = z.object({ test: z.array(z.string()) });
const Stack = z.object({
  services: z.object({
    'mongo-listener': z.object({
      image: z.string(),
      user: z.string(),
      read_only: z.literal(true),
      cap_drop: z.tuple([z.literal('ALL')]),
      environment: z.record(
        z.string(),
        // What is not set is nothing in plain YAML, and empty from Docker's client.
        z
          .string()
          .nullable()
          .transform(value => value ?? ''),
      ),
      secrets: z.array(z.object({ source: z.string() })),
      stop_grace_period: z.string(),
      healthcheck: Healthcheck,
      logging: z.object({ options: z.record(z.string(), z.string()) }),
      networks: z.unknown(),
      deploy: z.object({
        replicas: z.literal(1),
        resources: z.object({ limits: z.object({ memory: z.string() }) }),
        update_config: z.object({ order: z.string(), failure_action: z.string() }),
      }),
    }),
  }),
  networks: z.object({ rocketchat_network: z.object({ external: z.literal(true) }) }),
  secrets: z.record(z.string(), z.object({ external: z.literal(true) })),
});

/** By Docker's own client where there is one, which also refuses what it does not know; else as plain YAML. */
function stack(): z.output<typeof Stack> {
  const client = spawnSync('docker', ['--version']);
  const text =
    client.status === 0
      ? execFileSync('docker', ['stack', 'config', '--compose-file', join(ROOT, STACK_FILE)], {
          env: { ...process.env, ...STACK_VARIABLES },
          encoding: 'utf8',
        })
      : read(STACK_FILE).replaceAll(/\$\{(\w+)(?::[?-][^}]*)?\}/gu, (_, name: string) =>
          name in STACK_VARIABLES ? STACK_VARIABLES[name as keyof typeof STACK_VARIABLES] : '',
        );
  return Stack.parse(parse(text));
}

const only = (instructions: readonly string[] | undefined): string => instructions?.at(-1) ?? '';

test('every secret reaches the listener as a file that the stack mounts', () => {
  const { services, secrets } = stack();
  const { environment, secrets: mounted } = services['mongo-listener'];
  const files = Object.values(environment).filter(value => value.startsWith('/run/secrets/'));
  expect(files.map(file => file.slice('/run/secrets/'.length)).toSorted()).toEqual(
    mounted.map(({ source }) => source).toSorted(),
  );
  expect(Object.keys(secrets).toSorted()).toEqual(mounted.map(({ source }) => source).toSorted());
});

test('the container runs as the image does: nobody special, nothing to write on, the same health check', () => {
  const service = stack().services['mongo-listener'];
  expect(only(lastStage().get('USER'))).toBe(`USER ${service.user}`);
  expect(service.user).not.toMatch(/^(?:0|root)(?::|$)/u);
  expect(dockerfileWords(lastStage().get('HEALTHCHECK'))).toEqual(service.healthcheck.test.slice(1));
  expect(only(lastStage().get('STOPSIGNAL'))).toBe('STOPSIGNAL SIGTERM');
});

test('the heap leaves half of the memory limit to buffers and code, and stopping is given more than it promises', () => {
  const { deploy, stop_grace_period: grace } = stack().services['mongo-listener'];
  const heap = Number(/--max-old-space-size=(\d+)/u.exec(only(lastStage().get('ENV')))?.[1]);
  expect(megabytes(deploy.resources.limits.memory)).toBe(384);
  expect(heap).toBeLessThanOrEqual(384 / 2);
  expect(Number.parseInt(grace, 10)).toBeGreaterThan(10);
});

/** As written (`384M`) or as Docker's client writes it, in bytes. */
const megabytes = (text: string): number => (text.endsWith('M') ? Number.parseInt(text, 10) : Number(text) / 2 ** 20);

test('the image is built with the Node and the pnpm that ./dev pins', () => {
  const dev = read('dev');
  const node = /^NODE_VERSION=(.+)$/mu.exec(dev)?.[1];
  const pnpm = /^PNPM_VERSION=(.+)$/mu.exec(dev)?.[1];
  const dockerfile = read('services/mongo-listener/Dockerfile');
  const bases = [...dockerfile.matchAll(/^FROM (\S+)/gmu)].map(([, base]) => base);
  expect(bases).toEqual([`node:${node}-bookworm-slim`, `node:${node}-bookworm-slim`]);
  expect(dockerfile).toContain(` pnpm@${pnpm}\n`);
});

const Compose = z.object({
  services: z.record(
    z.string(),
    z.object({
      image: z.string().regex(/:v?\d+\.\d+\.\d+$/u),
      ports: z.array(z.string().startsWith('127.0.0.1:')).default([]),
      network_mode: z.literal('host').optional(),
      command: z.array(z.string()).default([]),
      environment: z.record(z.string(), z.string().nullable()).default({}),
      healthcheck: Healthcheck,
      mem_limit: z.string(),
      volumes: z.array(z.string()).default([]),
    }),
  ),
  volumes: z.record(z.string(), z.null()),
});

test('the real stores are pinned, bounded, and open to this machine only', () => {
  const { services, volumes } = Compose.parse(parse(read('services/compose.yaml')));
  expect(Object.keys(services)).toEqual(['qdrant', 'mongodb', 'rocketchat']);
  expect(Object.values(services).flatMap(service => service.volumes.map(volume => volume.split(':')[0]))).toEqual(
    Object.keys(volumes),
  );
  const binds = Object.values(services)
    .filter(service => service.network_mode === 'host')
    .map(({ command, environment }) => environment['BIND_IP'] ?? command[command.indexOf('--bind_ip') + 1]);
  expect(binds).toEqual(['127.0.0.1', '127.0.0.1']);
});
