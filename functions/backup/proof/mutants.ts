import type { StoredDocument } from '@innkeeper/shared/ports/document-store';
import { ok } from '@innkeeper/shared/result/result';
import type { BackupPorts } from '../src/backup-ports.ts';
import { END_EFFECTS } from '../src/ports.ts';
import type { FaultPoint } from './fault-points.ts';
import { type CodeUnderTest, THE_CODE } from './functions.ts';
import type { Breach } from './judge/judge.ts';
import type { FunctionName } from './world.ts';

/** Code with one mistake each, of the kind that nobody notices while nothing goes wrong; the judge has to find each. */
export interface Mutant {
  readonly code: CodeUnderTest;
  readonly breach: Breach;
  /** With which it is found out. */
  readonly faults: readonly FaultPoint[];
}

const wrongPorts = (
  breach: Breach,
  faults: readonly FaultPoint[],
  change: (ports: BackupPorts, name: FunctionName) => BackupPorts,
): Mutant => ({
  breach,
  faults,
  code: { ...THE_CODE, ports: change },
});

export const MUTANTS = {
  /** Looks after the servers of its runs, and not after others. */
  overlooks_strangers: wrongPorts('leaked', ['stray_server'], ports => ({
    ...ports,
    servers: {
      ...ports.servers,
      list: async name => {
        const listed = await ports.servers.list(name);
        return listed.ok ? ok(listed.value.filter(({ runId }) => runId !== undefined)) : listed;
      },
    },
  })),

  /** Each order has a name of its own, and so no order can find out about another. */
  orders_without_a_lock: wrongPorts('doubled', ['create_reply_lost'], ports => ({
    ...ports,
    servers: {
      ...ports.servers,
      create: order => ports.servers.create({ ...order, name: `${order.name}-${ports.now().getTime()}` }),
    },
  })),

  /** Takes an accepted deletion for granted before it has asked for it. */
  deletes_in_mind_only: wrongPorts('wronglyGone', [], (ports, name) => ({
    ...ports,
    servers: {
      ...ports.servers,
      delete: serverId => (name === 'report' ? Promise.resolve(ok('accepted')) : ports.servers.delete(serverId)),
      list: serverName =>
        name === 'report' && serverName !== undefined ? Promise.resolve(ok([])) : ports.servers.list(serverName),
    },
  })),

  /** Has good news only. */
  tells_no_failures: wrongPorts('silent', ['runner_says_disk_full'], ports => ({
    ...ports,
    telling: {
      ...ports.telling,
      runEnded: async run => (run.failure === undefined ? ports.telling.runEnded(run) : END_EFFECTS),
      alert: () => Promise.resolve(),
    },
  })),

  /** The watch's clock is an hour slow. */
  sweeps_an_hour_late: wrongPorts('silent', ['scheduler_never'], (ports, name) => ({
    ...ports,
    now: () => new Date(ports.now().getTime() - (name === 'sweep' ? 3_600_000 : 0)),
  })),

  /** Writes down what it gives away. */
  logs_a_secret: wrongPorts('other', [], (ports, name) => ({
    ...ports,
    log: {
      ...ports.log,
      info: (event, fields) => {
        const password = name === 'exchange' ? { password: ports.settings.resticPassword.reveal() } : {};
        ports.log.info(event, { ...fields, ...password });
      },
    },
  })),

  /** Takes every report for a new one. */
  ignores_numbers: {
    breach: 'wronglyBlamed',
    faults: ['report_twice'],
    code: {
      ...THE_CODE,
      report: (ports, call) => {
        const { sequence } = JSON.parse(new TextDecoder().decode(call.body)) as { sequence: number };
        const forgetful = (document: StoredDocument | undefined): StoredDocument | undefined =>
          document?.path.startsWith('backups/') === true
            ? { ...document, fields: { ...document.fields, lastSequence: sequence - 1 } }
            : document;
        const store = {
          ...ports.store,
          getAll: async (paths: Parameters<typeof ports.store.getAll>[0]) => {
            const read = await ports.store.getAll(paths);
            return read.ok ? ok(read.value.map(forgetful)) : read;
          },
        };
        return THE_CODE.report({ ...ports, store }, call);
      },
    },
  },
} as const satisfies Readonly<Record<string, Mutant>>;
