import type { AskError, Asked } from '../asking/ask-error.ts';
import { errorOfStatus } from '../asking/ask-json.ts';
import { askChatError } from '../asking/chat-error.ts';
import { askOperateError } from '../asking/operate-error.ts';
import { VENDORS } from '../asking/vendors.ts';
import { exportSecret } from '../asking/where-to-look.ts';
import type { Standing } from '../checks/credentials.ts';
import type { Alarm } from '../run/run-checks.ts';
import type { Connections } from './connections.ts';

/** Tries each credential by one harmless read. I/O: the ports. */
export const CREDENTIALS = ['google', 'cloudflare', 'hetzner', 'qdrant', 'workers', 'rocketchat', 'aircall'] as const;
export type CredentialName = (typeof CREDENTIALS)[number];
export type Standings = Readonly<Record<CredentialName, Standing>>;

/** What a person calls them. */
export const CREDENTIAL_TITLES: Readonly<Record<CredentialName, string>> = {
  google: 'Google (application default credentials)',
  cloudflare: 'Cloudflare (CLOUDFLARE_API_TOKEN)',
  hetzner: 'Hetzner (HCLOUD_TOKEN)',
  qdrant: 'Qdrant (QDRANT_URL, QDRANT_API_KEY)',
  workers: 'Webhook Workers (OPERATOR_TOKEN)',
  rocketchat: 'Rocket.Chat (ROCKETCHAT_ADMIN_…, ROCKETCHAT_WEBHOOK_TOKEN)',
  aircall: 'Aircall (AIRCALL_API_ID, AIRCALL_API_TOKEN)',
};

/** A healthy vendor answers within a second; with what follows, everything is known within fifteen. */
export const PROBE_MS_MAX = 3_000;

export async function probeCredentials(connections: Connections, alarm: Alarm): Promise<Standings> {
  const probed = await Promise.all(
    CREDENTIALS.map(async name => [name, await withinLimit(() => PROBES[name](connections), alarm)] as const),
  );
  // A tuple for each name: the record is complete.
  return Object.fromEntries(probed) as Record<CredentialName, Standing>;
}

async function withinLimit(probe: () => Promise<Standing>, alarm: Alarm): Promise<Standing> {
  const settled = new AbortController();
  try {
    return await Promise.race([probe(), alarm(PROBE_MS_MAX, settled.signal).then(() => TOO_SLOW)]);
  } finally {
    settled.abort();
  }
}

const TOO_SLOW: Standing = {
  kind: 'unknown',
  error: { kind: 'timeout', detail: `did not answer within ${PROBE_MS_MAX / 1000} s` },
};

const PROBES: Readonly<Record<CredentialName, (connections: Connections) => Promise<Standing>>> = {
  async google({ google }) {
    const known = await google.headers();
    // The token lasts an hour and is renewed by itself: its end is no news.
    if (known.ok) return { kind: 'usable', figure: 'signed in' };
    switch (known.error.kind) {
      case 'missing':
        return absent('this machine has none', 'Sign in: gcloud auth application-default login.');
      case 'refused':
        return { kind: 'refused' };
      case 'unreachable':
        return { kind: 'unknown', error: { kind: 'unreachable', detail: 'cannot be asked for a token' } };
    }
  },

  async cloudflare({ cloudflare }) {
    if (cloudflare === undefined) return notSet('CLOUDFLARE_API_TOKEN', VENDORS.cloudflare);
    const token = await cloudflare.token();
    if (!token.ok) return failed(token.error);
    const { isActive, expiresAt } = token.value;
    return isActive
      ? { kind: 'usable', figure: 'active', ...(expiresAt === undefined ? {} : { expiresAt }) }
      : { kind: 'refused' };
  },

  async hetzner({ hetzner }) {
    if (hetzner === undefined) return notSet('HCLOUD_TOKEN', VENDORS.hetzner);
    const servers = await hetzner.addresses();
    return servers.ok ? { kind: 'usable', figure: 'valid' } : failed(servers.error);
  },

  async qdrant({ qdrant }) {
    if (qdrant === undefined)
      return absent(
        'not set: QDRANT_URL and QDRANT_API_KEY',
        'export QDRANT_URL="$(terraform -chdir=terraform/environments/ENV output -json qdrant' +
          ' | jq --raw-output .url)"; ' +
          `${exportSecret('QDRANT_API_KEY', 'qdrant-api-key-read')}.`,
      );
    const reached = await qdrant.aliasTarget('');
    if (!reached.ok) return failed(reached.error);
    const { keyExpiresAt: expiresAt } = qdrant;
    return { kind: 'usable', figure: 'valid', ...(expiresAt === undefined ? {} : { expiresAt }) };
  },

  async workers({ workers }) {
    if (workers === undefined) return notSet('OPERATOR_TOKEN', VENDORS.workers);
    const states = await Promise.all([workers.guesty.state(), workers.aircall.state()]);
    const errors = states.flatMap(state => (state.ok ? [] : [askOperateError(state.error)]));
    const [first] = errors;
    if (first === undefined) return { kind: 'usable', figure: 'valid' };
    return failed(errors.find(({ kind }) => kind === 'refused') ?? first);
  },

  async rocketchat({ chat }) {
    if (chat === undefined)
      return absent(
        'not set: ROCKETCHAT_ADMIN_USER_ID, ROCKETCHAT_ADMIN_AUTH_TOKEN, ROCKETCHAT_WEBHOOK_TOKEN',
        'Set an administrator’s id and personal access token of Rocket.Chat, and the outgoing integration’s own: ' +
          `${exportSecret('ROCKETCHAT_WEBHOOK_TOKEN', 'rocketchat-webhook-tokens')}.`,
      );
    const known = await chat.read(chat.wanted.botUsername);
    return known.ok ? { kind: 'usable', figure: 'valid' } : failed(askChatError(known.error));
  },

  async aircall({ aircall }) {
    if (aircall === undefined)
      return absent('not set: AIRCALL_API_ID and AIRCALL_API_TOKEN', `Set both; ${VENDORS.aircall.renewal}`);
    const { result } = await aircall.ping();
    if (result.ok) return { kind: 'usable', figure: 'valid' };
    switch (result.error.kind) {
      case 'denied':
        return { kind: 'refused' };
      case 'limited':
        return { kind: 'unknown', error: errorOfStatus(429) };
      case 'not_found':
      case 'refused':
      case 'unavailable':
        return { kind: 'unknown', error: { kind: 'vendor_failed', detail: 'gives no answer that can be read' } };
    }
  },
};

const absent = (why: string, nextStep: string): Standing => ({ kind: 'absent', why, nextStep });

const notSet = (variable: string, { renewal }: Asked): Standing =>
  absent(`not set: ${variable}`, `Set ${variable}: ${renewal}`);

/** Not allowed to read this one thing is still a credential that opens others. */
const failed = (error: AskError): Standing =>
  error.kind === 'refused' ? { kind: 'refused' } : { kind: 'unknown', error };
