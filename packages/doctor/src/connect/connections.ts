import { askOnce as askOnceAbout } from '@innkeeper/secrets/status/ask-once';
import { type AircallClient, aircallClient } from '@innkeeper/shared/adapters/aircall/aircall-client';
import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import type { RecordSource } from '@innkeeper/shared/domain/ids';
import { createOperateClient, type OperateClient } from '@innkeeper/shared/operate/operate-client';
import { ok } from '@innkeeper/shared/result/result';
import { type ChatAdministration, chatAdministration } from '@innkeeper/sync-app/rocketchat/chat-administration';
import type { WantedChat } from '@innkeeper/sync-app/rocketchat/plan-chat';
import { cloudMonitoring } from '../adapters/cloud-monitoring.ts';
import { cloudRun } from '../adapters/cloud-run.ts';
import { cloudflareAccount } from '../adapters/cloudflare-account.ts';
import { firestoreAdminApi } from '../adapters/firestore-admin-api.ts';
import { firestoreDocuments } from '../adapters/firestore-documents.ts';
import { firestoreTotals } from '../adapters/firestore-totals.ts';
import { gcsDeploymentJournal } from '../adapters/gcs-deployment-journal.ts';
import { googleApi } from '../adapters/google-api.ts';
import { hetznerCloudServers } from '../adapters/hetzner-cloud-servers.ts';
import { httpAddresses } from '../adapters/http-addresses.ts';
import { pubsubSubscriptions } from '../adapters/pubsub-subscriptions.ts';
import { qdrantCollections } from '../adapters/qdrant-collections.ts';
import { secretManager } from '../adapters/secret-manager.ts';
import { CALL_MS_MAX } from '../asking/ask-json.ts';
import { askOnce } from '../asking/ask-once.ts';
import { jwtExpiry } from '../asking/jwt-expiry.ts';
import type { DoctorConfig } from '../config.ts';
import type { Expected } from '../expected/expected.ts';
import { DATABASES } from '../expected/firestore.ts';
import type { Addresses } from '../ports/addresses.ts';
import type { RunServices, SubscriptionList, SubscriptionMetrics } from '../ports/cloud-operations.ts';
import type { CloudServers } from '../ports/cloud-servers.ts';
import type { CloudflareAccount } from '../ports/cloudflare-account.ts';
import type { DeploymentJournal } from '../ports/deployment-journal.ts';
import type { DocumentTotals } from '../ports/document-totals.ts';
import type { FirestoreAdmin } from '../ports/firestore-admin.ts';
import type { GoogleCredential } from '../ports/google-credential.ts';
import type { SecretVersions } from '../ports/secret-versions.ts';
import type { TlsEndpoints } from '../ports/tls-endpoints.ts';
import type { VectorCollections } from '../ports/vector-collections.ts';
import type { DocumentReader } from '../world.ts';
import type { AskedAddresses } from './addresses-of.ts';

/** Every port that the configuration allows; `undefined` where a credential is missing. Building them does no I/O. */
export interface Connections {
  readonly google: GoogleCredential;
  readonly business: DocumentReader;
  readonly ops: DocumentReader;
  readonly totals: DocumentTotals;
  /** Documents come from an emulator, which asks for no credential. */
  readonly isEmulated: boolean;
  readonly firestore: FirestoreAdmin;
  readonly subscriptions: SubscriptionList & SubscriptionMetrics;
  readonly runServices: RunServices;
  readonly journal: DeploymentJournal;
  readonly secrets: SecretVersions;
  readonly cloudflare: CloudflareAccount | undefined;
  readonly hetzner: CloudServers | undefined;
  readonly qdrant: (VectorCollections & { readonly keyExpiresAt?: Date }) | undefined;
  readonly chat: { readonly read: ChatAdministration['read']; readonly wanted: WantedChat } | undefined;
  readonly workers: Readonly<Record<RecordSource, Pick<OperateClient, 'state'>>> | undefined;
  readonly aircall: Pick<AircallClient, 'ping'> | undefined;
  readonly addresses: Addresses;
  readonly tls: TlsEndpoints;
}

/** What the process gives. */
export interface Outside {
  readonly fetch: Fetch & typeof fetch;
  readonly tls: TlsEndpoints;
  readonly google: GoogleCredential;
  readonly now: () => Date;
  readonly pause: (ms: number) => Promise<void>;
}

export function connect(
  config: DoctorConfig,
  expected: Expected,
  addresses: AskedAddresses,
  outside: Outside,
): Connections {
  const { fetch, now } = outside;
  const api = googleApi(fetch, outside.google);
  const versions = secretManager(api, config.SECRET_MANAGER_URL, expected.project);
  return {
    google: outside.google,
    ...documents(config, expected, outside),
    firestore: firestoreAdminApi(api, config.FIRESTORE_ADMIN_URL, expected.project),
    subscriptions: {
      ...pubsubSubscriptions(api, config.PUBSUB_URL, expected.project),
      ...cloudMonitoring(api, config.CLOUD_MONITORING_URL, expected.project, now),
    },
    runServices: cloudRun(api, config.CLOUD_RUN_URL, expected.project, expected.region),
    journal: gcsDeploymentJournal({
      fetch,
      baseUrl: config.CLOUD_STORAGE_URL,
      credential: outside.google,
      project: expected.project,
      environment: expected.environment,
    }),
    secrets: { newest: askOnceAbout((id: string) => versions.newest(id)) },
    cloudflare:
      config.CLOUDFLARE_API_TOKEN &&
      cloudflareAccount({
        fetch,
        baseUrl: config.CLOUDFLARE_API_BASE_URL,
        token: config.CLOUDFLARE_API_TOKEN,
        ...expected.cloudflare,
      }),
    hetzner:
      config.HCLOUD_TOKEN &&
      hetznerCloudServers({ endpoint: config.HCLOUD_ENDPOINT, token: config.HCLOUD_TOKEN, pause: outside.pause, now }),
    qdrant: qdrant(config, fetch),
    chat: chat(config, expected, addresses, fetch),
    workers: workers(config, addresses, fetch),
    aircall:
      config.AIRCALL_API_ID === undefined || config.AIRCALL_API_TOKEN === undefined
        ? undefined
        : aircallClient({
            baseUrl: config.AIRCALL_BASE_URL,
            apiId: config.AIRCALL_API_ID,
            apiToken: config.AIRCALL_API_TOKEN,
            fetch,
            now: () => now().getTime(),
          }),
    addresses: httpAddresses(fetch),
    tls: outside.tls,
  };
}

/** Whoever may do everything in an emulator. */
const EMULATOR_OWNER: GoogleCredential = { headers: async () => ok({ headers: { authorization: 'Bearer owner' } }) };

function documents(
  config: DoctorConfig,
  expected: Expected,
  { fetch, google, pause }: Outside,
): Pick<Connections, 'business' | 'ops' | 'totals' | 'isEmulated'> {
  const emulator = config.FIRESTORE_EMULATOR_HOST;
  const credential = emulator === undefined ? google : EMULATOR_OWNER;
  const project = emulator === undefined ? expected.project : (config.GOOGLE_CLOUD_PROJECT ?? expected.project);
  const baseUrl = emulator === undefined ? config.FIRESTORE_BASE_URL : `http://${emulator}/v1`;
  const store = (database: string): DocumentReader =>
    firestoreDocuments({ baseUrl, project, database, credential, fetch, sleep: pause });
  return {
    business: store(DATABASES.business),
    ops: store(DATABASES.ops),
    totals: firestoreTotals(googleApi(fetch, credential), baseUrl, project, DATABASES.business),
    isEmulated: emulator !== undefined,
  };
}

function qdrant(config: DoctorConfig, fetch: Fetch): Connections['qdrant'] {
  const { QDRANT_URL: url, QDRANT_API_KEY: apiKey } = config;
  if (url === undefined || apiKey === undefined) return undefined;
  const keyExpiresAt = jwtExpiry(apiKey);
  return { ...qdrantCollections({ fetch, url, apiKey }), ...(keyExpiresAt === undefined ? {} : { keyExpiresAt }) };
}

function chat(config: DoctorConfig, expected: Expected, addresses: AskedAddresses, fetch: Fetch): Connections['chat'] {
  const userId = config.ROCKETCHAT_ADMIN_USER_ID;
  const authToken = config.ROCKETCHAT_ADMIN_AUTH_TOKEN;
  const webhookToken = config.ROCKETCHAT_WEBHOOK_TOKEN;
  if (userId === undefined || authToken === undefined || webhookToken === undefined) return undefined;
  const administration = chatAdministration({ fetch, url: addresses.rocketchat, userId, authToken });
  const { questionsUrl } = addresses;
  return {
    read: askOnce((username: string) => administration.read(username)),
    wanted: { botUsername: expected.botUsername, questionsUrl, webhookToken },
  };
}

function workers(config: DoctorConfig, { origins }: AskedAddresses, fetch: Fetch): Connections['workers'] {
  const token = config.OPERATOR_TOKEN;
  if (token === undefined) return undefined;
  const client = (origin: string): Pick<OperateClient, 'state'> => {
    const worker = createOperateClient({ origin, token, fetch, timeoutMs: CALL_MS_MAX });
    return { state: askOnce(() => worker.state()) };
  };
  return { guesty: client(origins.guesty), aircall: client(origins.aircall) };
}
