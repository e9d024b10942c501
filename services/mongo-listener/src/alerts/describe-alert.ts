import type { Alert, AlertKind } from './alert.ts';
import { ALERT_CATALOGUE, type AlertEntry, type AlertLevel } from './alert-catalogue.ts';

/** An alert as it is logged and shown on `/status`. */
export interface DescribedAlert {
  readonly kind: AlertKind;
  readonly level: AlertLevel;
  /** What happened, in one sentence. */
  readonly sentence: string;
  /** What a person should do. */
  readonly action: string;
}

export function describeAlert(alert: Alert): DescribedAlert {
  const entry = entryOf(alert.kind);
  return { kind: alert.kind, level: entry.level, sentence: entry.sentence(alert), action: entry.action };
}

/** TypeScript does not follow that a kind's own entry takes the kind's own alert. */
const entryOf = (kind: AlertKind): AlertEntry<AlertKind> => ALERT_CATALOGUE[kind] as AlertEntry<AlertKind>;
