import type { TimeZone } from '@innkeeper/shared/domain/local-time';
import type { Log } from '@innkeeper/shared/log/log';
import type { DocumentPath, DocumentStore, DocumentWrite } from '@innkeeper/shared/ports/document-store';
import type { TeamChat } from '@innkeeper/shared/ports/team-chat';
import { type DescribedAlert, describeAlert } from '../alerts/describe-alert.ts';
import type { BackupAlert } from '../ports.ts';
import { postAlert } from './post-alert.ts';

/**
 * An alert is a line in the log, `alert.<kind>`, a message in chat, and a document `backupAlerts/<key>` in `ops` that
 * keeps whoever comes by again from repeating it. Until chat has been told, `backupStatus/alerts` says so, in the same
 * commit: what is cut off there, or chat does not take, is said by `repeatAlerts`.
 */
export interface AlertPorts {
  readonly store: DocumentStore;
  readonly chat: TeamChat;
  readonly roomId: string;
  readonly log: Log;
  readonly now: () => Date;
  readonly zone: TimeZone;
}

export async function raiseAlert(ports: AlertPorts, alert: BackupAlert, key: string): Promise<void> {
  const { store, log, zone, now } = ports;
  const path = alertPath(key);
  const known = await store.getAll([path]);
  if (known.ok && known.value[0] !== undefined) return;
  const described = describeAlert(alert, zone);
  logAlert(log, described, key);
  // That chat fails is not said in chat.
  const isForChat = !(alert.kind === 'telling_failed' && alert.channel === 'chat');
  const fields = { v: 1, ...described, raisedAt: now().toISOString() };
  const kept = await store.commit([{ op: 'set', path, fields }, ...(isForChat ? [noteUntold(key)] : [])]);
  if (!kept.ok) log.warn('telling.not_kept', { key, problem: kept.error.kind });
  if (!isForChat) return;
  const posted = await postAlert(ports, described, key);
  if (posted.ok) {
    if (kept.ok) await store.commit([noteTold(key)]);
    return;
  }
  const failure: BackupAlert = { kind: 'telling_failed', channel: 'chat', detail: posted.error.kind };
  logAlert(log, describeAlert(failure, zone), `telling_failed-chat-${key}`);
}

export function logAlert(log: Log, { kind, level, sentence, action }: DescribedAlert, key: string): void {
  log[level === 'error' ? 'error' : 'warn'](`alert.${kind}`, { alert: kind, level, key, sentence, action });
}

/** A document's id has no slash. */
export const alertPath = (key: string): DocumentPath => `backupAlerts/${encodeURIComponent(key)}`;

/** `notInChat`: keys of alerts that chat has not been told. */
export const UNTOLD_PATH: DocumentPath = 'backupStatus/alerts';

const noteUntold = (key: string): DocumentWrite => ({
  op: 'merge',
  path: UNTOLD_PATH,
  fields: { v: 1 },
  transforms: [{ field: 'notInChat', arrayUnion: [key] }],
});

/** Should this get lost, it is said once more, which posts nothing new. */
export const noteTold = (key: string): DocumentWrite => ({
  op: 'merge',
  path: UNTOLD_PATH,
  fields: { v: 1 },
  transforms: [{ field: 'notInChat', arrayRemove: [key] }],
});
