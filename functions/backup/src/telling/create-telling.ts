import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import { describeAlert } from '../alerts/describe-alert.ts';
import { type BackupAlert, type DeadMan, END_EFFECTS, type Telling } from '../ports.ts';
import { keepSummary, readSummary } from './keep-summary.ts';
import { messageId } from './message-id.ts';
import { type AlertPorts, logAlert, raiseAlert } from './raise-alert.ts';
import { repeatAlerts } from './repeat-alerts.ts';
import { RUN_ENDED, runLine } from './run-line.ts';
import { runMessage } from './run-message.ts';

/**
 * Says how runs end and what needs a person, by ways that do not lean on each other: log, summary, chat, and a watch
 * outside. One that fails never stops the others, and is an alert itself. Everything may be said again: ids of messages
 * depend on run and kind only, and `run.told` names what has been done.
 */
export interface TellingPorts extends AlertPorts {
  /** `undefined` where no outside watch is configured. */
  readonly deadMan: DeadMan | undefined;
  /** When the next run is due after an instant. */
  readonly nextDueAt: (after: Date) => Date;
}

export function createTelling(ports: TellingPorts): Telling {
  const alert = (raised: BackupAlert, key: string): Promise<void> => raiseAlert(ports, raised, key);
  return {
    alert,
    repeatAlerts: () => repeatAlerts(ports),
    runEnded: async run => {
      const done: string[] = [];
      for (const effect of END_EFFECTS) {
        if (run.told[effect] === undefined && !(await EFFECTS[effect](ports, run))) continue;
        done.push(effect);
      }
      if (run.anomalies.length > 0) await alert({ kind: 'size_anomaly', run }, `size_anomaly-${run.runId}`);
      return done;
    },
  };
}

type EndEffect = (typeof END_EFFECTS)[number];

/** Each says whether it is done. */
const EFFECTS: { readonly [E in EndEffect]: (ports: TellingPorts, run: BackupRun) => Promise<boolean> } = {
  log: logRun,
  dead_man: pingDeadMan,
  summary: summariseRun,
  chat: postRun,
};

async function logRun({ log, zone }: TellingPorts, run: BackupRun): Promise<boolean> {
  log[run.failure === undefined ? 'info' : 'error'](RUN_ENDED, runLine(run));
  if (run.failure !== undefined) {
    logAlert(log, describeAlert({ kind: 'backup_failed', run }, zone), `backup_failed-${run.runId}`);
  }
  return true;
}

async function pingDeadMan(ports: TellingPorts, run: BackupRun): Promise<boolean> {
  if (ports.deadMan === undefined || (await isOutdated(ports, run))) return true;
  const reached = await ports.deadMan.ping(run.failure === undefined ? 'good' : 'failed', run.runId);
  if (reached.ok) return true;
  const { detail } = reached.error;
  await raiseAlert(
    ports,
    { kind: 'telling_failed', channel: 'dead_man', detail },
    `telling_failed-dead_man-${run.runId}`,
  );
  return false;
}

/** The watch believes the last word it hears: one that comes after a newer run's would take that back. */
async function isOutdated({ store }: TellingPorts, { endedAt = '' }: BackupRun): Promise<boolean> {
  const summary = await readSummary(store);
  return summary.ok && (summary.value?.lastRun?.endedAt ?? '') > endedAt;
}

async function summariseRun(ports: TellingPorts, run: BackupRun): Promise<boolean> {
  const now = ports.now();
  const kept = await keepSummary(ports.store, run, { now, nextDueAt: ports.nextDueAt(now) });
  if (!kept.ok) ports.log.warn('summary.not_kept', { runId: run.runId, problem: kept.error.kind });
  return kept.ok;
}

async function postRun(ports: TellingPorts, run: BackupRun): Promise<boolean> {
  const { chat, roomId, store, zone, nextDueAt } = ports;
  const summary = await readSummary(store);
  const posted = await chat.sendMessage({
    messageId: await messageId(`run ${run.runId} ${run.failure === undefined ? 'good' : 'failed'}`),
    roomId,
    text: runMessage(run, { zone, now: ports.now(), summary: summary.ok ? summary.value : undefined, nextDueAt }),
  });
  if (posted.ok) return true;
  const { detail } = posted.error;
  await raiseAlert(ports, { kind: 'telling_failed', channel: 'chat', detail }, `telling_failed-chat-${run.runId}`);
  return false;
}
