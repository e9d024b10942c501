import type { DocumentTable } from '../document-table.ts';
import type { ActionRow, ImageRow, ServerRow } from './hetzner-rows.ts';
import type { ServerMachines } from './server-machine.ts';

/**
 * From ordered to gone: initializing → starting → running → off → deleted, each step durable when it is taken, so that
 * a killed stand-in goes on where it was and loses no server.
 */
export interface ServerLifecycle {
  /** Takes a new row; answers the actions that will say how far it is. */
  begin(server: ServerRow): { readonly create: ActionRow; readonly start: ActionRow };
  /** The row as it is now: a server whose program has ended is off. */
  look(id: number): ServerRow | undefined;
  powerOff(server: ServerRow): void;
  /** Asks its system to end; the action only says that it was asked. */
  shutDown(server: ServerRow): ActionRow;
  /** Of one that is off. It keeps its disk, and cloud-init has done its work on it. */
  powerOn(server: ServerRow): ActionRow;
  /** Takes the new row; until the action has ended the image cannot be used, and the server is locked. */
  takeImage(server: ServerRow, image: ImageRow): ActionRow;
  isLocked(serverId: number): boolean;
  remove(server: ServerRow): ActionRow;
  /** Ends what runs on the servers, as this machine is about to. */
  close(): Promise<void>;
}

export interface LifecycleOptions {
  readonly servers: DocumentTable<ServerRow>;
  readonly actions: DocumentTable<ActionRow>;
  readonly images: DocumentTable<ImageRow>;
  readonly machines: ServerMachines | undefined;
  readonly newId: () => number;
  readonly now: () => number;
  /** How long each action takes. */
  readonly paceMs: number;
}

/** For `poweroff` to return to whoever called it, before everything is told to end. */
const POWER_OFF_MS = 1000;

export function serverLifecycle(options: LifecycleOptions): ServerLifecycle {
  const { servers, actions, images, machines, newId, now, paceMs } = options;
  const timers = new Set<NodeJS.Timeout>();
  const background = new Set<Promise<void>>();
  const instant = (): string => new Date(now()).toISOString();

  const change = (id: number, next: Partial<ServerRow>): void => {
    const row = servers.get(String(id));
    if (row !== undefined) servers.put(String(id), { ...row, ...next });
  };
  const beginAction = (
    id: number,
    command: ActionRow['command'],
    serverId: number,
    more: Pick<ActionRow, 'imageId'> = {},
  ): ActionRow => {
    const action: ActionRow = { id, command, serverId, status: 'running', startedAt: instant(), ...more };
    actions.put(String(action.id), action);
    return action;
  };
  const endAction = (id: number, errorCode?: string): void => {
    const action = actions.get(String(id));
    if (action === undefined) return;
    const status = errorCode === undefined ? 'success' : 'error';
    const ending = errorCode === undefined ? {} : { errorCode };
    actions.put(String(id), { ...action, status, finishedAt: instant(), ...ending });
  };
  const later = (step: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      step();
    }, paceMs);
    timers.add(timer);
  };
  const live = (id: number): ServerRow | undefined => {
    const row = servers.get(String(id));
    return row?.deletedAt === undefined ? row : undefined;
  };

  const switchOff = (id: number): void => {
    const row = servers.get(String(id));
    if (row !== undefined && row.status !== 'off') change(id, { status: 'off', endedAt: instant() });
  };
  const endProcess = (id: number, exitCode?: number): void => {
    switchOff(id);
    const row = servers.get(String(id));
    if (row === undefined) return;
    const { process: _, ...rest } = row;
    servers.put(String(id), { ...rest, ...(exitCode === undefined ? {} : { exitCode }) });
  };
  const halt = (row: ServerRow, patienceMs = 0): Promise<void> => {
    const ending = row.process === undefined ? undefined : machines?.halt(row.process, patienceMs);
    return ending ?? Promise.resolve();
  };
  /** Goes on by itself; closing waits for it. */
  const inBackground = (work: Promise<void>): void => {
    const tracked = work.finally(() => background.delete(tracked));
    background.add(tracked);
  };

  const finishStarting = (id: number): void => {
    const row = live(id);
    if (row?.status !== 'starting') return;
    endAction(row.actions.start);
    change(id, { status: 'running', bootedAt: instant() });
    // Modules of user_data run once in the life of a server.
    if (row.bootedAt !== undefined) return;
    if (row.fate?.kind === 'without_network') return;
    const process = machines?.boot(id, row.userData, exitCode => endProcess(id, exitCode));
    if (process !== undefined) change(id, { process });
  };
  const finishCreating = (id: number): void => {
    const row = live(id);
    if (row?.status !== 'initializing') return;
    if (row.fate?.kind === 'creation_fails') {
      endAction(row.actions.create, row.fate.code);
      endAction(row.actions.start, 'action_failed');
      change(id, { status: 'off' });
      return;
    }
    endAction(row.actions.create);
    change(id, { status: 'starting' });
    later(() => finishStarting(id));
  };
  const advance = (row: ServerRow): void => {
    if (row.fate?.kind === 'stuck_in_creating') return;
    if (row.status === 'initializing') later(() => finishCreating(row.id));
    if (row.status === 'starting') later(() => finishStarting(row.id));
  };

  const finishShutdown = (action: ActionRow): void => {
    endAction(action.id);
    const row = live(action.serverId);
    if (row === undefined) return;
    switchOff(row.id);
    inBackground(halt(row));
  };
  const finishImage = (action: ActionRow): void => {
    endAction(action.id);
    const image = images.get(String(action.imageId));
    if (image !== undefined) images.put(String(image.id), { ...image, status: 'available' });
  };
  const advanceAction = (action: ActionRow): void => {
    if (action.status !== 'running') return;
    if (action.command === 'shutdown_server') later(() => finishShutdown(action));
    if (action.command === 'create_image') later(() => finishImage(action));
  };

  const look = (id: number): ServerRow | undefined => {
    const row = live(id);
    if (row?.process !== undefined && machines?.isAlive(row.process) !== true) endProcess(id);
    return live(id);
  };

  for (const row of servers.all()) {
    if (row.deletedAt !== undefined) continue;
    look(row.id);
    advance(row);
  }
  for (const action of actions.all()) advanceAction(action);

  return {
    begin(server) {
      servers.put(String(server.id), server);
      const create = beginAction(server.actions.create, 'create_server', server.id);
      const start = beginAction(server.actions.start, 'start_server', server.id);
      advance(server);
      return { create, start };
    },
    look,
    powerOff(server) {
      switchOff(server.id);
      inBackground(halt(server, POWER_OFF_MS));
    },
    shutDown(server) {
      const action = beginAction(newId(), 'shutdown_server', server.id);
      advanceAction(action);
      return action;
    },
    powerOn(server) {
      const action = beginAction(newId(), 'start_server', server.id);
      const { endedAt: _, exitCode: __, ...row } = server;
      const starting: ServerRow = { ...row, status: 'starting', actions: { ...row.actions, start: action.id } };
      servers.put(String(server.id), starting);
      advance(starting);
      return action;
    },
    takeImage(server, image) {
      images.put(String(image.id), image);
      const action = beginAction(newId(), 'create_image', server.id, { imageId: image.id });
      advanceAction(action);
      return action;
    },
    isLocked: serverId =>
      actions
        .all()
        .some(
          action => action.serverId === serverId && action.command === 'create_image' && action.status === 'running',
        ),
    remove(server) {
      change(server.id, { deletedAt: instant(), endedAt: server.endedAt ?? instant() });
      const action = beginAction(newId(), 'delete_server', server.id);
      inBackground(
        halt(server).then(() => {
          machines?.discard(server.id);
          endAction(action.id);
        }),
      );
      return action;
    },
    async close() {
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(servers.all().flatMap(row => (row.deletedAt === undefined ? [halt(row)] : [])));
      await Promise.all(background);
    },
  };
}
