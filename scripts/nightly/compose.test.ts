import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';

/** What `services/compose.yaml` promises, and that it runs what is deployed. */
const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const COMPOSE = read('services/compose.yaml');

const Compose = z.object({
  services: z.record(
    z.string(),
    z.looseObject({
      image: z.string(),
      ports: z.array(z.string()).default([]),
      network_mode: z.string().optional(),
      command: z.array(z.string()).default([]),
      environment: z.record(z.string(), z.unknown()).default({}),
      healthcheck: z.looseObject({ test: z.array(z.string()) }).optional(),
      mem_limit: z.string().optional(),
    }),
  ),
});

function findProblems(text: string): string[] {
  const { services } = Compose.parse(parse(text));
  return Object.entries(services).flatMap(([name, service]) => {
    const isBoundHere = service.command.includes('--bind_ip')
      ? service.command[service.command.indexOf('--bind_ip') + 1] === '127.0.0.1'
      : service.environment['BIND_IP'] === '127.0.0.1';
    return [
      /:v?\d+\.\d+\.\d+$/u.test(service.image) ? undefined : 'an exact version',
      service.ports.every(port => port.startsWith('127.0.0.1:')) ? undefined : 'ports of this machine only',
      service.network_mode !== 'host' || isBoundHere ? undefined : 'an address of this machine only',
      service.healthcheck === undefined ? 'a health check' : undefined,
      service.mem_limit === undefined ? 'a limit of memory' : undefined,
    ].flatMap(lacking => (lacking === undefined ? [] : [`${name} lacks ${lacking}`]));
  });
}

describe('services/compose.yaml', () => {
  test('has exact versions, health checks and limits, and is open to this machine only', () => {
    expect(findProblems(COMPOSE)).toEqual([]);
  });

  test.each([
    ['image: mongo:8.0.20', 'image: mongo:8', 'mongodb lacks an exact version'],
    ['"127.0.0.1:6333:6333"', '"6333:6333"', 'qdrant lacks ports of this machine only'],
    ['BIND_IP: 127.0.0.1', 'BIND_IP: 0.0.0.0', 'rocketchat lacks an address of this machine only'],
    ['--bind_ip, 127.0.0.1', '--bind_ip, 0.0.0.0', 'mongodb lacks an address of this machine only'],
    ['    mem_limit: 2g', '', 'rocketchat lacks a limit of memory'],
  ])('with %s made %s is found out', (from, to, problem) => {
    expect(COMPOSE).toContain(from);
    expect(findProblems(COMPOSE.replace(from, to))).toEqual([problem]);
  });

  test('runs the MongoDB and the Rocket.Chat that Ansible deploys, and the Qdrant that its client is for', () => {
    const { services } = Compose.parse(parse(COMPOSE));
    const version = (image: string | undefined): string => image?.split(':').at(-1)?.replace(/^v/u, '') ?? '';
    const deployed = (role: string) =>
      version(/_image: (\S+)/u.exec(read(`ansible/roles/apps/${role}/defaults/main.yml`))?.[1]);
    expect(version(services['mongodb']?.image)).toBe(deployed('mongodb'));
    expect(version(services['rocketchat']?.image)).toBe(deployed('rocketchat'));
    const client = /"@qdrant\/js-client-rest": (\d+\.\d+)/u.exec(read('pnpm-workspace.yaml'))?.[1];
    expect(version(services['qdrant']?.image)).toMatch(new RegExp(`^${client}\\.`, 'u'));
  });

  test('is what the addresses of the prepared services lead to', () => {
    const script = read('scripts/nightly/prepare-services.sh');
    for (const port of ['27017', '6333', '3000']) {
      expect(script).toContain(`127.0.0.1:${port}`);
      expect(COMPOSE).toContain(port);
    }
  });
});
