import type { TimeZone } from '@innkeeper/shared/domain/local-time';
import type { BackupAlert } from '../ports.ts';
import { ALERT_CATALOGUE, type AlertEntry, type AlertKind, type AlertLevel } from './alert-catalogue.ts';
import { FAILURE_CATALOGUE } from './failure-catalogue.ts';
import { missedWords } from './missed-words.ts';

/** An alert as it is logged and posted. */
export interface DescribedAlert {
  readonly kind: AlertKind;
  readonly level: AlertLevel;
  /** What happened, in one sentence. */
  readonly sentence: string;
  /** What a person should do. */
  readonly action: string;
}

export function describeAlert(alert: BackupAlert, zone: TimeZone): DescribedAlert {
  const { level, action, sentence } = entryOf(alert.kind);
  return { kind: alert.kind, level, sentence: sentence(alert, zone), action: actionOf(alert) ?? action };
}

/** A failed run has the next step of its reason, a missed one that of its cause. */
function actionOf(alert: BackupAlert): string | undefined {
  if (alert.kind === 'backup_missed') return missedWords(alert.cause).action;
  const failure = alert.kind === 'backup_failed' ? alert.run.failure : undefined;
  return failure && FAILURE_CATALOGUE[failure.reason].action;
}

/** TypeScript does not follow that a kind's own entry takes the kind's own alert. */
const entryOf = (kind: AlertKind): AlertEntry<AlertKind> => ALERT_CATALOGUE[kind] as AlertEntry<AlertKind>;
