import { verifyVaultToken } from '@innkeeper/shared/backup/vault-tokens';
import { BeginReply, RetentionReply, type VaultAccess } from '@innkeeper/shared/contracts/backup/exchange';
import { RunInstructions } from '@innkeeper/shared/contracts/backup/instructions';
import { BackupStep } from '@innkeeper/shared/contracts/backup/steps';
import type { VaultScope } from '@innkeeper/shared/contracts/backup/vault-token';
import { parse } from 'yaml';
import * as z from 'zod';
import type { ModelServer } from '../src/testing/in-memory-servers.ts';
import type { WorkRecord } from './chronicle.ts';
import type { Functions } from './functions.ts';
import { intruders } from './runner-intruders.ts';
import { tellLie } from './runner-lies.ts';
import { type Machine, PowerLost, powerOff, startMachine } from './runner-machine.ts';
import { createVoice, type Voice } from './runner-voice.ts';
import { outcomeOf, stepMs } from './runner-work.ts';
import type { ServerFate } from './server-fate.ts';
import type { WorkTrouble, World } from './world.ts';

/**
 * A backup server and the runner on it: reads its user data, asks for its secrets, works, signs its reports and says each
 * until it is answered, as the real one does. It can die, lie and be robbed; what it truly did is written down.
 */
export async function liveServer(
  world: World,
  functions: Functions,
  model: ModelServer,
  fate: ServerFate,
): Promise<void> {
  const { time, chronicle } = world;
  const { id: serverId, runId = 'none' } = model.server;
  const work: WorkRecord = { runId, serverId, bornAtMs: time.now(), fate };
  chronicle.work(work);
  const why = await boot(world, functions, model, work).catch((error: unknown) => {
    if (error instanceof PowerLost) return error.message;
    throw error;
  });
  if (work.completedAtMs === undefined) work.lostAtMs = time.now();
  chronicle.note(`server ${serverId} of ${runId} ends: ${why}`);
  powerOff(world, serverId);
}

/** Answers how it ended. */
async function boot(world: World, functions: Functions, model: ModelServer, work: WorkRecord): Promise<string> {
  const { fate } = work;
  const machine = startMachine(world, model.server.id, fate);
  await machine.pause(fate.bootMs);
  if (fate.isMute) return 'never says a word';

  const { runId, token } = instructionsOf(model);
  const speaker = { runId, token, caller: model.server.addresses[0] ?? '', ...machine };
  const others = intruders(world, functions, speaker, fate);
  const voice = await createVoice(world, functions, speaker);
  await others.steal('first');
  const begun = await voice.begin(fate.runner);
  if (begun === 'refused') return 'was refused its secrets';
  const order = BeginReply.parse(begun);
  await checkAccess(world, order.vault, 'append');
  machine.setDeadline(Date.parse(order.deadline));
  await others.steal('later');
  await others.forge();

  if (await fails(world, voice, 'booting', fate)) return 'fails at its start';
  for (const step of BackupStep.options) {
    const end = await doStep(world, { voice, machine, order, fate }, step);
    if (end !== undefined) return end;
  }
  work.completedAtMs = world.time.now();
  return (await voice.say({ kind: 'finished', overheadMs: 4_000 })) === 'go_on' ? 'has finished' : 'was told to stop';
}

interface Runner {
  readonly voice: Voice;
  readonly machine: Machine;
  readonly order: BeginReply;
  readonly fate: ServerFate;
}

/** How it ended, if it did. */
async function doStep(world: World, runner: Runner, step: BackupStep): Promise<string | undefined> {
  const { voice, machine, order, fate } = runner;
  const { dice } = world;
  dies(world, step, 'before', fate);
  if (step === 'retaining' && !(await mayRetain(world, voice, order))) return 'was refused the credential of retention';
  const durationMs = stepMs(step, order, dice);
  for (const percent of PERCENTS[step]) {
    await machine.pause(durationMs / 3);
    const figures = { percent, bytesDone: percent * 1e7, bytesPerSecond: 1e6, secondsLeft: 60 };
    if ((await voice.say({ kind: 'progress', step, ...figures })) === 'stop') return 'was told to stop';
    dies(world, step, 'between', fate);
  }
  if (step === 'backing_up') machine.jumpClock(fate.clockJumpMs);
  if (await fails(world, voice, step, fate)) return `fails while ${step}`;
  await machine.pause(durationMs / 3);
  dies(world, step, 'after', fate);
  if (fate.lies !== undefined && (await tellLie(world, voice, step, fate.lies))) return 'has lied';
  const outcome = outcomeOf(step, order, { dice, fate, durationMs });
  return (await voice.say({ kind: 'step_finished', outcome, durationMs })) === 'stop' ? 'was told to stop' : undefined;
}

/** The real one says more; each is a signature. */
const PERCENTS: Readonly<Record<BackupStep, readonly number[]>> = {
  dumping: [50],
  backing_up: [30, 70],
  retaining: [],
  checking: [50],
  restoring: [50],
};

/** What cloud-init does with it. */
const CloudConfig = z.object({ write_files: z.array(z.object({ content: z.string() })).length(1) });

function instructionsOf({ userData }: ModelServer): RunInstructions {
  const { write_files: files } = CloudConfig.parse(parse(userData));
  return RunInstructions.parse(JSON.parse(files[0]?.content ?? ''));
}

/** @throws PowerLost when this is where it dies. */
function dies({ chronicle }: World, step: BackupStep, when: 'before' | 'between' | 'after', fate: ServerFate): void {
  if (fate.dies?.step !== step || fate.dies.when !== when) return;
  chronicle.hit(fate.dies.fault);
  throw new PowerLost(`dies ${when} ${step}`);
}

/** Says so, if it does. */
async function fails(world: World, voice: Voice, step: 'booting' | BackupStep, fate: ServerFate): Promise<boolean> {
  const trouble = troubleAt(world, step, fate);
  if (trouble === undefined) return false;
  await voice.say({ kind: 'failed', step, reason: trouble.reason, detail: 'as simulated' });
  return true;
}

function troubleAt(
  { chronicle, conditions, workTroubles }: World,
  step: 'booting' | BackupStep,
  fate: ServerFate,
): WorkTrouble | undefined {
  if (fate.says?.step === step) {
    chronicle.hit(fate.says.fault);
    return fate.says;
  }
  const condition = conditions.inForce('work_impossible').find(({ fault }) => workTroubles.get(fault)?.step === step);
  if (condition === undefined) return undefined;
  conditions.bite('work_impossible', condition);
  return workTroubles.get(condition.fault);
}

async function mayRetain(world: World, voice: Voice, { work }: BeginReply): Promise<boolean> {
  const granted = await voice.askRetention();
  if (granted === 'refused') return false;
  await checkAccess(world, RetentionReply.parse(granted).vault, work.prune ? 'maintain' : 'forget');
  return true;
}

/** The vault's own check: a credential of the wrong power is a flaw, not a failure. */
async function checkAccess(
  { vaultPublicKeys, time, chronicle }: World,
  { token }: VaultAccess,
  scope: VaultScope,
): Promise<void> {
  const claims = await verifyVaultToken(vaultPublicKeys, token, new Date(time.now()));
  if (!claims.ok) chronicle.flaw(`a vault token for ${scope} is ${claims.error}`);
  else if (claims.value.scope !== scope) chronicle.flaw(`a vault token for ${scope} has ${claims.value.scope}`);
}
