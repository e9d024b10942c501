import { IMAGE_ROLE, SERVER_ROLE } from '@innkeeper/backup/hetzner/create-request';
import { hetznerApi } from '@innkeeper/backup/hetzner/hetzner-api';
import { hetznerTransport } from '@innkeeper/backup/hetzner/hetzner-transport';
import { readImages, readServer } from '@innkeeper/backup/hetzner/read-rows';
import { ImagesReply, ServersReply } from '@innkeeper/backup/hetzner/responses';
import type { CloudError } from '@innkeeper/backup/ports';
import type { Secret } from '@innkeeper/shared/config/secret';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { AskError } from '../asking/ask-error.ts';
import type { CloudServers } from '../ports/cloud-servers.ts';

/** Hetzner's API by the client of functions/backup. I/O: GET alone. */
export interface HetznerOptions {
  readonly endpoint: string;
  readonly token: Secret;
  readonly pause: (ms: number) => Promise<void>;
  readonly now: () => Date;
}

/** The client reads up to three times with short pauses between: all of them within a check's limit. */
const CALL_MS_MAX = 2_500;

export function hetznerCloudServers({ endpoint, token, pause, now }: HetznerOptions): CloudServers {
  const transport = hetznerTransport({ endpoint, token, timeoutMs: CALL_MS_MAX });
  const api = hetznerApi({ transport, pause, now });
  const servers = async (query: URLSearchParams) =>
    mapError(await api.readAll('/servers', query, ServersReply, page => page.servers));
  return {
    async addresses() {
      const rows = await servers(new URLSearchParams());
      if (!rows.ok) return rows;
      return ok(new Map(rows.value.map(row => [row.name, row.public_net.ipv4?.ip ?? ''])));
    },
    async backupServers() {
      const rows = await servers(new URLSearchParams({ label_selector: SERVER_ROLE }));
      return rows.ok ? ok(rows.value.map(readServer)) : rows;
    },
    async images() {
      const query = new URLSearchParams({ type: 'snapshot', label_selector: IMAGE_ROLE, sort: 'created:desc' });
      const rows = mapError(await api.readAll('/images', query, ImagesReply, page => page.images));
      return rows.ok ? ok(readImages(rows.value)) : rows;
    },
  };
}

const mapError = <T>(result: Result<T, CloudError>): Result<T, AskError> =>
  result.ok ? result : err(errorOf(result.error));

function errorOf({ kind }: CloudError): AskError {
  switch (kind) {
    case 'denied':
      return { kind: 'refused', detail: 'refuses the token' };
    case 'unavailable':
      return { kind: 'vendor_failed', detail: 'gives no answer that can be read' };
    case 'quota_exceeded':
    case 'no_capacity':
    case 'name_taken':
    case 'protected':
    case 'refused':
      return { kind: 'unreadable', detail: `answered ${kind} to a question` };
  }
}
