import type { StoreError } from '@innkeeper/shared/ports/document-store';
import { ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import { postAlert } from './post-alert.ts';
import { type AlertPorts, alertPath, noteTold, UNTOLD_PATH } from './raise-alert.ts';

const Untold = z.object({ notInChat: z.array(z.string()) });
const KeptAlert = z.object({ level: z.enum(['warning', 'error']), sentence: z.string(), action: z.string() });

/** What is left is the next call's. */
const ALERTS_MAX = 5;

/** Says in chat what could not be said there when it was raised. One read while there is nothing to say. */
export async function repeatAlerts(ports: AlertPorts): Promise<Result<void, StoreError>> {
  const { store, log } = ports;
  const read = await store.getAll([UNTOLD_PATH]);
  if (!read.ok) return read;
  const untold = Untold.safeParse(read.value[0]?.fields);
  const keys = untold.success ? untold.data.notInChat.slice(0, ALERTS_MAX) : [];
  if (keys.length === 0) return ok(undefined);
  const alerts = await store.getAll(keys.map(alertPath));
  if (!alerts.ok) return alerts;
  for (const [index, key] of keys.entries()) {
    const alert = KeptAlert.safeParse(alerts.value[index]?.fields);
    const posted = alert.success ? await postAlert(ports, alert.data, key) : undefined;
    // Chat is still away; one that cannot be read any more is let go.
    if (posted?.ok === false) return ok(undefined);
    const settled = await store.commit([noteTold(key)]);
    if (!settled.ok) return settled;
    log.info('alert_message.posted', { key });
  }
  return ok(undefined);
}
