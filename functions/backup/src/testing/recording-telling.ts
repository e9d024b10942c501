import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import { ok } from '@innkeeper/shared/result/result';
import { type BackupAlert, END_EFFECTS, type Telling } from '../ports.ts';

/** Remembers what people would have been told: alerts once for each key, as the real one does. */
export interface RecordingTelling extends Telling {
  readonly ended: readonly BackupRun[];
  readonly alerts: readonly { readonly alert: BackupAlert; readonly key: string }[];
}

/** `effects`: what `runEnded` says was done. */
export function recordingTelling(effects: readonly string[] = END_EFFECTS): RecordingTelling {
  const ended: BackupRun[] = [];
  const alerts = new Map<string, BackupAlert>();
  return {
    ended,
    get alerts() {
      return [...alerts].map(([key, alert]) => ({ alert, key }));
    },
    runEnded: async run => {
      ended.push(run);
      return effects;
    },
    alert: async (alert, key) => {
      if (!alerts.has(key)) alerts.set(key, alert);
    },
    repeatAlerts: async () => ok(undefined),
  };
}
