import type { Log } from '@innkeeper/shared/log/log';
import type { Alert } from '../alerts/alert.ts';
import { type DescribedAlert, describeAlert } from '../alerts/describe-alert.ts';

export type RaiseAlert = (alert: Alert) => void;

/** An alert is a line in the log, `alert.<kind>`, for the alerting policy, and the last one stands on `/status`. */
export const raiseAlert =
  (log: Log, onRaised: (alert: DescribedAlert) => void): RaiseAlert =>
  alert => {
    const described = describeAlert(alert);
    const { kind, level, sentence, action } = described;
    log[LINE[level]](`alert.${kind}`, { sentence, action });
    onRaised(described);
  };

const LINE = { notice: 'info', warning: 'warn', error: 'error' } as const;
