import { RunId, serverName } from '@innkeeper/shared/contracts/backup/run-id';
import type { Result } from '@innkeeper/shared/result/result';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CloudError, Server, ServerOrder, Servers } from '../ports.ts';

/** What every `Servers` owes its callers; run against the model and against the adapter. */
export interface ServersFixture {
  readonly servers: Servers;
  /** Of a prepared snapshot for x86 with 40 GB; `cx23` in `nbg1` and `hel1` is to be had, and so is `cax11` in `nbg1`. */
  readonly imageId: number;
  /** From now on nothing of this type is given out there. */
  readonly sellOut: (type: string, location: string) => Promise<void> | void;
  readonly protect: (serverId: number) => Promise<void> | void;
}

const NIGHT = RunId.parse('2026-11-21');
const EXPIRES = new Date('2026-11-21T08:30:00Z');

export function describeServersContract(name: string, open: () => Promise<ServersFixture> | ServersFixture): void {
  describe(`${name} keeps the contract of servers`, () => {
    let world: ServersFixture;
    beforeEach(async () => {
      world = await open();
    });

    const orderOf = (changes: Partial<ServerOrder> = {}): ServerOrder => ({
      runId: NIGHT,
      name: serverName(changes.runId ?? NIGHT),
      type: 'cx23',
      location: 'nbg1',
      imageId: world.imageId,
      userData: '#cloud-config\n{}\n',
      expires: EXPIRES,
      ...changes,
    });
    const create = async (changes: Partial<ServerOrder> = {}): Promise<Server> => {
      const created = await world.servers.create(orderOf(changes));
      if (!created.ok) throw new Error(`${created.error.kind}: ${created.error.detail}`);
      return created.value;
    };
    const list = async (wanted?: string): Promise<readonly Server[]> => {
      const listed = await world.servers.list(wanted);
      if (!listed.ok) throw new Error(`${listed.error.kind}: ${listed.error.detail}`);
      return listed.value;
    };

    it('knows the prepared snapshots and what can be ordered where, at which price', async () => {
      const images = await world.servers.images();
      expect(images).toMatchObject({
        ok: true,
        value: [{ id: world.imageId, architecture: 'x86', diskGb: 40, protocol: 1 }],
      });
      const offers = await world.servers.offers();
      const found = offers.ok && offers.value.find(({ type, location }) => type === 'cx23' && location === 'nbg1');
      expect(found).toMatchObject({ available: true, architecture: 'x86', diskGb: 40 });
      expect(found && found.hourlyPrice).toEqual({
        amount: expect.stringMatching(/^0\.0\d+$/u) as string,
        currency: 'EUR',
      });
    });

    it('orders a server that is then found by its name, with all it was ordered with', async () => {
      const server = await create();
      expect(server).toMatchObject({
        name: 'backup-2026-11-21',
        runId: NIGHT,
        expires: EXPIRES,
        type: 'cx23',
        location: 'nbg1',
      });
      expect(server.addresses).not.toEqual([]);
      expect(new Date(server.createdAt).toISOString()).toBe(server.createdAt);
      expect(await list(server.name)).toMatchObject([{ id: server.id, addresses: server.addresses, expires: EXPIRES }]);
      expect(await list('backup-2026-11-22')).toEqual([]);
    });

    it('lists the servers of all runs', async () => {
      await create();
      await create({ runId: RunId.parse('2026-11-21-retry-1'), location: 'hel1' });
      const names = (await list()).map(server => server.name);
      expect(names.toSorted()).toEqual(['backup-2026-11-21', 'backup-2026-11-21-retry-1']);
    });

    it('gives a name once, however many order at the same moment', async () => {
      const orders = await Promise.all([1, 2, 3].map(() => world.servers.create(orderOf())));
      expect(orders.map(kindOf).toSorted()).toEqual(['name_taken', 'name_taken', 'ok']);
      expect(await list()).toHaveLength(1);
    });

    it('says that there is no capacity, in that place only, and leaves nothing behind', async () => {
      await world.sellOut('cx23', 'nbg1');
      expect(kindOf(await world.servers.create(orderOf()))).toBe('no_capacity');
      expect(await list()).toEqual([]);
      await create({ location: 'hel1' });
    });

    it('refuses what cannot be', async () => {
      const wrong: Partial<ServerOrder>[] = [
        { type: 'cx9000' },
        { location: 'moon' },
        { imageId: world.imageId + 1 },
        { type: 'cax11' }, // of another architecture than the snapshot
        { userData: `#cloud-config\n# ${'x'.repeat(32 * 1024)}\n` },
      ];
      const replies = await Promise.all(wrong.map(changes => world.servers.create(orderOf(changes))));
      expect(replies.map(kindOf)).toEqual(wrong.map(() => 'refused'));
      expect(await list()).toEqual([]);
    });

    it('deletes a server, says so again, and gives its name anew', async () => {
      const server = await create();
      expect(await world.servers.delete(server.id)).toEqual({ ok: true, value: 'accepted' });
      expect(await world.servers.delete(server.id)).toEqual({ ok: true, value: 'already_gone' });
      expect(await list()).toEqual([]);
      expect((await create()).id).not.toBe(server.id);
    });

    it('does not delete what is protected', async () => {
      const server = await create();
      await world.protect(server.id);
      expect(kindOf(await world.servers.delete(server.id))).toBe('protected');
      expect(await list()).toHaveLength(1);
    });
  });
}

const kindOf = (result: Result<unknown, CloudError>): string => (result.ok ? 'ok' : result.error.kind);
