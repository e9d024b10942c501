import { exchangeJson } from '@innkeeper/shared/adapters/http/exchange-json';
import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import type { AccessTokens } from '@innkeeper/shared/ports/access-tokens';
import { err, ok } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import type { DatabaseBackups } from '../ports.ts';

/** Managed backups of Firestore, by its administration API. Reads only. I/O. */
export interface FirestoreBackupsOptions {
  /** With the version path, without a slash at its end. */
  readonly url: string;
  readonly project: string;
  readonly tokens: AccessTokens;
  readonly fetch: Fetch;
}

/** Business and chat data; what `ops` holds is written again by the next runs. */
const DATABASE = '(default)';
const TIMEOUT_MS = 5_000; // a server waits for the reply it is part of
const REPLY_BYTES_MAX = 1024 * 1024; // 14 weeks of daily backups have some 40 kB

const BackupsReply = z.object({
  backups: z
    .array(z.object({ name: z.string(), database: z.string(), state: z.string(), snapshotTime: z.iso.datetime() }))
    .default([]),
});

export function firestoreBackups({ url, project, tokens, fetch }: FirestoreBackupsOptions): DatabaseBackups {
  return {
    async newest() {
      const token = await tokens.token();
      if (!token.ok) return token;
      const reply = await exchangeJson({
        fetch,
        url: `${url}/projects/${project}/locations/-/backups`,
        method: 'GET',
        headers: { authorization: `Bearer ${token.value}` },
        timeoutMs: TIMEOUT_MS,
        replyBytesMax: REPLY_BYTES_MAX,
      });
      if (!reply.ok) return err({ kind: 'unavailable', detail: `list of backups: ${reply.error.kind}` });
      const { status, json } = reply.value;
      if (status === 401 || status === 403) return err({ kind: 'denied', detail: `list of backups: ${status}` });
      const parsed = status === 200 ? BackupsReply.safeParse(json) : undefined;
      if (parsed?.success !== true) return err({ kind: 'unavailable', detail: `list of backups: ${status}` });
      const [newest] = parsed.data.backups
        .filter(({ state, database }) => state === 'READY' && database.endsWith(`/databases/${DATABASE}`))
        .toSorted((a, b) => Date.parse(b.snapshotTime) - Date.parse(a.snapshotTime));
      return ok(newest === undefined ? undefined : { name: newest.name, snapshotTime: newest.snapshotTime });
    },
  };
}
