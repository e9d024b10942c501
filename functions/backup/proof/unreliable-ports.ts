import type { DocumentStore, StoreError } from '@innkeeper/shared/ports/document-store';
import type { TeamChat } from '@innkeeper/shared/ports/team-chat';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { CloudError, DatabaseBackups, DeadMan, ServerImage, Servers } from '../src/ports.ts';
import { PREPARED_IMAGE } from '../src/testing/in-memory-servers.ts';
import type { CallFault, CallName } from './call-faults.ts';
import type { FunctionInstance } from './function-instance.ts';
import type { World } from './world.ts';

/** The ports of one function instance: the world's, with whatever goes wrong on the way there and back. */

/** One call: what is armed against it, what lasts, and the instance's own end are all met here. */
async function call<T, E extends { readonly kind: string; readonly detail: string }>(
  { callFaults, time }: World,
  instance: FunctionInstance,
  route: { readonly name: CallName; readonly travelMs: number; readonly errorOf: (fault: CallFault) => E },
  lasting: () => E | undefined,
  act: () => Promise<Result<T, E>>,
): Promise<Result<T, E>> {
  await instance.step();
  await instance.travel(route.travelMs);
  const trouble = lasting();
  if (trouble !== undefined) {
    instance.disturbed(route.name);
    return err(trouble);
  }
  const fault = callFaults.take(route.name);
  if (fault === undefined) {
    const done = await act();
    await instance.step();
    return done;
  }
  instance.disturbed(route.name);
  if (fault.how === 'reply_lost') await act();
  if (fault.how === 'applied_late') time.at(time.now() + LATE_MS, () => time.begin(async () => void (await act())));
  await instance.travel(fault.delayMs ?? 0);
  await instance.step();
  return err(route.errorOf(fault));
}

/** An order that its sender has long given up. */
const LATE_MS = 95_000;

export function unreliableServers(world: World, instance: FunctionInstance): Servers {
  const { servers, conditions, dice } = world;

  const errorOf = ({ error, detail, retryAfterMs }: CallFault): CloudError =>
    error === 'name_taken'
      ? { kind: 'name_taken', detail }
      : { kind: 'unavailable', detail, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };

  const lasting = (name: keyof Servers): CloudError | undefined => {
    if (conditions.bite('cloud_down') !== undefined) return { kind: 'unavailable', detail: 'HTTP 503' };
    if (conditions.bite('cloud_denied') !== undefined) return { kind: 'denied', detail: 'unauthorized' };
    switch (name) {
      case 'create':
        if (conditions.bite('quota_full') !== undefined) {
          return { kind: 'quota_exceeded', detail: 'resource_limit_exceeded' };
        }
        return conditions.bite('sold_out') === undefined
          ? undefined
          : { kind: 'no_capacity', detail: 'resource_unavailable' };
      case 'delete':
        if (conditions.bite('deletion_locked') !== undefined) return { kind: 'unavailable', detail: 'locked' };
        return conditions.bite('deletion_protected') === undefined
          ? undefined
          : { kind: 'protected', detail: 'delete protection is on' };
      case 'images':
      case 'offers':
      case 'list':
        return undefined;
    }
  };

  const ask = <T>(name: keyof Servers, act: () => Promise<Result<T, CloudError>>): Promise<Result<T, CloudError>> =>
    call(world, instance, { name, travelMs: dice.between(80, 900), errorOf }, () => lasting(name), act);

  return {
    images: () => ask('images', async () => ok(imagesNow(world))),
    offers: () => ask('offers', async () => (conditions.bite('types_gone') === undefined ? servers.offers() : ok([]))),
    create: order => ask('create', () => servers.create(order)),
    list: name => ask('list', () => servers.list(name)),
    delete: serverId => ask('delete', () => servers.delete(serverId)),
  };
}

function imagesNow({ conditions }: World): readonly ServerImage[] {
  if (conditions.bite('no_image') !== undefined) return [];
  if (conditions.bite('old_image') !== undefined) return [{ ...PREPARED_IMAGE, runnerVersion: '0.0.9' }];
  if (conditions.bite('arm_image') !== undefined) return [{ ...PREPARED_IMAGE, architecture: 'arm' }];
  return conditions.bite('large_image') === undefined ? [PREPARED_IMAGE] : [{ ...PREPARED_IMAGE, diskGb: 400 }];
}

export function unreliableStore(world: World, instance: FunctionInstance): DocumentStore {
  const { store, conditions, dice } = world;

  const errorOf = ({ error, detail }: CallFault): StoreError =>
    error === 'contention' ? { kind: 'contention', detail } : { kind: 'unavailable', detail };
  const lasting = (): StoreError | undefined =>
    conditions.bite('store_down') === undefined ? undefined : { kind: 'unavailable', detail: 'deadline exceeded' };
  /** Mostly at once: a year of calls is a lot of calls. Sometimes long enough for others to come between. */
  const travelMs = (): number => (dice.chance(90) ? 0 : dice.between(5, dice.chance(5) ? 4_000 : 120));

  const ask = <T>(
    name: 'store_read' | 'store_commit',
    act: () => Promise<Result<T, StoreError>>,
  ): Promise<Result<T, StoreError>> => call(world, instance, { name, travelMs: travelMs(), errorOf }, lasting, act);

  return {
    getAll: paths => ask('store_read', () => store.getAll(paths)),
    query: query => ask('store_read', () => store.query(query)),
    commit: writes => ask('store_commit', () => store.commit(writes)),
    transact: (paths, decide) => ask('store_commit', () => store.transact(paths, decide)),
  };
}

export function unreliableChat(world: World, instance: FunctionInstance): TeamChat {
  const { chat, conditions, chronicle } = world;
  return {
    ...chat,
    sendMessage: async message => {
      await instance.step();
      if (conditions.bite('chat_down') !== undefined) {
        instance.disturbed('chat');
        return err({ kind: 'unavailable', detail: 'HTTP 502' });
      }
      const before = chat.messages.length;
      const sent = await chat.sendMessage(message);
      if (chat.messages.length > before) chronicle.signal('chat', undefined, message.text);
      await instance.step();
      return sent;
    },
  };
}

export function unreliableDeadMan({ deadMan, conditions }: World, instance: FunctionInstance): DeadMan {
  return {
    ping: async (signal, runId) => {
      await instance.step();
      if (conditions.bite('dead_man_down') !== undefined) {
        instance.disturbed('outside watch');
        return err({ kind: 'unavailable', detail: 'it could not be reached' });
      }
      const pinged = await deadMan.ping(signal, runId);
      await instance.step();
      return pinged;
    },
  };
}

export function unreliableDatabaseBackups(
  { databaseBackups, conditions }: World,
  instance: FunctionInstance,
): DatabaseBackups {
  return {
    newest: async () => {
      await instance.step();
      return conditions.bite('database_backups_down') === undefined
        ? databaseBackups.newest()
        : err({ kind: 'unavailable', detail: 'HTTP 503' });
    },
  };
}
