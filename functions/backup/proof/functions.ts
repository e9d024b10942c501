import type { Result } from '@innkeeper/shared/result/result';
import type { BackupPorts } from '../src/backup-ports.ts';
import { type ExchangeCall, exchange } from '../src/exchange/exchange.ts';
import { type LaunchRequest, launch } from '../src/launch/launch.ts';
import { type ReportCall, report } from '../src/report/report.ts';
import { nextDue } from '../src/run/calendar.ts';
import { sweep } from '../src/sweep/sweep.ts';
import { createTelling } from '../src/telling/create-telling.ts';
import type { Disturbance, SweepRecord } from './chronicle.ts';
import { functionInstance } from './function-instance.ts';
import {
  unreliableChat,
  unreliableDatabaseBackups,
  unreliableDeadMan,
  unreliableServers,
  unreliableStore,
} from './unreliable-ports.ts';
import { type FunctionName, ROOM, type World, ZONE } from './world.ts';

/** The real functions, called over a network that loses and doubles. `undefined`: no answer came. */
export interface Functions {
  launch(request: LaunchRequest): Answer<typeof launch>;
  sweep(): Promise<void>;
  exchange(call: ExchangeCall): Answer<typeof exchange>;
  report(call: ReportCall): Answer<typeof report>;
}

type Answer<F extends (ports: BackupPorts, call: never) => Promise<Result<unknown, unknown>>> = Promise<
  Awaited<ReturnType<F>> | undefined
>;

/** The code under test; a mutant replaces parts of it, or of the ports it is given. */
export interface CodeUnderTest {
  readonly launch: typeof launch;
  readonly sweep: typeof sweep;
  readonly exchange: typeof exchange;
  readonly report: typeof report;
  readonly ports: (ports: BackupPorts, name: FunctionName) => BackupPorts;
}

export const THE_CODE: CodeUnderTest = { launch, sweep, exchange, report, ports: ports => ports };

export function functions(world: World, code: CodeUnderTest): Functions {
  const { time, chronicle, callFaults } = world;

  const invoke = <T>(
    name: FunctionName,
    work: (ports: BackupPorts) => Promise<T>,
    onDisturbed: (by: Disturbance) => void = () => undefined,
  ): Promise<T | undefined> =>
    time.waitFor(PATIENCE_MS, answer => {
      time.begin(async () => {
        const instance = functionInstance(world, name, onDisturbed);
        await instance.step();
        try {
          answer(await work(code.ports(portsOf(world, instance), name)));
        } catch (error) {
          // The platform answers 500 and goes on; the judge does not.
          chronicle.flaw(`${name} threw ${error instanceof Error ? (error.stack ?? error.message) : 'no error'}`);
        }
      });
    });

  /** A request of a server, which may be lost, doubled, or answered to nobody. */
  const send = async <T>(
    name: 'exchange' | 'report',
    work: (ports: BackupPorts) => Promise<T>,
  ): Promise<T | undefined> => {
    await time.pause(NETWORK_MS);
    const fault = callFaults.take(name);
    if (fault?.how === 'refused' || fault?.how === 'applied_late') return time.waitFor(PATIENCE_MS, () => undefined);
    if (fault?.how === 'twice') time.begin(async () => void (await invoke(name, work)));
    const answer = await invoke(name, work);
    if (fault?.how !== 'reply_lost') return answer;
    return time.waitFor(PATIENCE_MS, () => undefined);
  };

  return {
    launch: request => invoke('launch', ports => code.launch(ports, request)),
    exchange: call => send('exchange', ports => code.exchange(ports, call)),
    report: call => send('report', ports => code.report(ports, call)),
    sweep: async () => {
      const record: SweepRecord = { startedAtMs: time.now(), endedAtMs: undefined, disturbedBy: new Set() };
      chronicle.sweep(record);
      const done = await invoke('sweep', code.sweep, by => record.disturbedBy.add(by));
      if (done !== undefined) record.endedAtMs = time.now();
      if (done !== undefined) world.monitoring.swept(done.undone);
    },
  };
}

function portsOf(world: World, instance: ReturnType<typeof functionInstance>): BackupPorts {
  const { time, settings, vaultTokens } = world;
  const store = unreliableStore(world, instance);
  const now = (): Date => new Date(time.now());
  const { log } = instance;
  return {
    store,
    servers: unreliableServers(world, instance),
    telling: createTelling({
      chat: unreliableChat(world, instance),
      roomId: ROOM,
      deadMan: unreliableDeadMan(world, instance),
      store,
      log,
      now,
      zone: ZONE,
      nextDueAt: after => nextDue(settings, after).at,
    }),
    vaultTokens,
    databaseBackups: unreliableDatabaseBackups(world, instance),
    now,
    log,
    settings,
  };
}

/** Cloud Run's and a client's limit for one request. */
const PATIENCE_MS = 60_000;
const NETWORK_MS = 60;
