import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PREPARED_IMAGE } from '@innkeeper/local-stack/stand-ins/hetzner/prepared-image';
import { startHetzner } from '@innkeeper/local-stack/stand-ins/hetzner/start-hetzner';
import type { RunningStandIn } from '@innkeeper/local-stack/stand-ins/run-stand-in';
import { Secret } from '@innkeeper/shared/config/secret';
import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hetznerServers } from '../src/hetzner/hetzner-servers.ts';
import type { ServerOrder } from '../src/ports.ts';

/**
 * The port's promise under every failure: whoever looks for the name before ordering again has one server at most, and
 * whoever deletes until nothing is listed leaves none.
 */
let directory: string;
let hetzner: RunningStandIn;
beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'hetzner-faults-'));
  hetzner = await startHetzner({
    port: 0,
    stateDirectory: directory,
    token: 'token',
    images: [PREPARED_IMAGE],
    paceMs: 1,
  });
});
afterEach(async () => {
  await hetzner.close();
  rmSync(directory, { recursive: true });
});

const control = async (name: string, method: string, body: unknown): Promise<void> => {
  const reply = await fetch(`${hetzner.url}/_control/${name}`, { method, body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(await reply.text());
};
const living = async (): Promise<number> => {
  const reply = await fetch(`${hetzner.url}/_control/servers`);
  const { servers } = (await reply.json()) as { servers: { status: string }[] };
  return servers.filter(({ status }) => status !== 'deleted').length;
};

const failure = fc.oneof(
  fc.constant({}),
  fc.record({ cut: fc.constant(true), carriedOut: fc.boolean(), times: fc.integer({ min: 1, max: 4 }) }),
  fc.record({
    status: fc.constantFrom(429, 500, 502, 504),
    body: fc.constantFrom('<html>', '', { error: { code: 'conflict', message: 'busy' } }, { error: 'odd' }),
    carriedOut: fc.boolean(),
    times: fc.integer({ min: 1, max: 4 }),
  }),
);
const night = fc.record({
  before: fc.array(failure, { maxLength: 5 }),
  creationFails: fc.boolean(),
  after: fc.array(failure, { maxLength: 5 }),
});

const order: ServerOrder = {
  runId: RunId.parse('2026-11-21'),
  name: 'backup-2026-11-21',
  type: 'cx23',
  location: 'nbg1',
  imageId: 7001,
  userData: '#cloud-config\n{}\n',
  expires: new Date('2026-11-21T08:30:00Z'),
};

it('makes one server at most and leaves none, whatever gets lost on the way', { timeout: 60_000 }, async () => {
  const servers = hetznerServers({
    endpoint: `${hetzner.url}/v1`,
    token: new Secret('token'),
    settings: { networkId: 4711, firewallId: 815, sshKey: 'operators' },
    pause: () => Promise.resolve(),
    now: () => new Date(),
  });
  const obtain = async (): Promise<boolean> => {
    const found = await servers.list(order.name);
    if (!found.ok) return false;
    return found.value.length > 0 || (await servers.create(order)).ok;
  };
  const clear = async (): Promise<boolean> => {
    const found = await servers.list();
    if (!found.ok) return false;
    for (const { id } of found.value) if (!(await servers.delete(id)).ok) return false;
    return true;
  };
  await fc.assert(
    fc.asyncProperty(night, async ({ before, creationFails, after }) => {
      await control('fates', 'PUT', creationFails ? [{ kind: 'creation_fails', code: 'placement_error' }] : []);
      for (const fault of before) {
        await control('faults', 'POST', fault);
        await obtain();
        expect(await living()).toBeLessThanOrEqual(1);
      }
      await control('faults', 'POST', {});
      await control('fates', 'PUT', []);
      expect(await obtain()).toBe(true);
      expect(await living()).toBe(1);
      for (const fault of after) {
        await control('faults', 'POST', fault);
        await clear();
      }
      await control('faults', 'POST', {});
      expect(await clear()).toBe(true);
      expect(await living()).toBe(0);
    }),
    { numRuns: 15 },
  );
});
