import type { RecordSource } from '@innkeeper/shared/domain/ids';
import type { OperateClient } from '@innkeeper/shared/operate/operate-client';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import type { ChatAdministration } from '@innkeeper/sync-app/rocketchat/chat-administration';
import type { WantedChat } from '@innkeeper/sync-app/rocketchat/plan-chat';
import type { Addresses } from './ports/addresses.ts';
import type { RunServices, SubscriptionList, SubscriptionMetrics } from './ports/cloud-operations.ts';
import type { CloudServers } from './ports/cloud-servers.ts';
import type { CloudflareAccount } from './ports/cloudflare-account.ts';
import type { DeploymentJournal } from './ports/deployment-journal.ts';
import type { DocumentTotals } from './ports/document-totals.ts';
import type { FirestoreAdmin } from './ports/firestore-admin.ts';
import type { SecretVersions } from './ports/secret-versions.ts';
import type { TlsEndpoints } from './ports/tls-endpoints.ts';
import type { VectorCollections } from './ports/vector-collections.ts';
import type { Availability } from './run/availability.ts';

/** Reads documents, and nothing else of a store. */
export type DocumentReader = Pick<DocumentStore, 'getAll' | 'query'>;

/** All that checks ask, each there or absent with its reason. No port here can change anything. */
export interface World {
  readonly business: Availability<DocumentReader>;
  readonly ops: Availability<DocumentReader>;
  readonly totals: Availability<DocumentTotals>;
  readonly firestore: Availability<FirestoreAdmin>;
  readonly subscriptions: Availability<SubscriptionList & SubscriptionMetrics>;
  readonly runServices: Availability<RunServices>;
  readonly journal: Availability<DeploymentJournal>;
  readonly secrets: Availability<SecretVersions>;
  readonly cloudflare: Availability<CloudflareAccount>;
  readonly hetzner: Availability<CloudServers>;
  readonly qdrant: Availability<VectorCollections>;
  readonly chat: Availability<{ readonly read: ChatAdministration['read']; readonly wanted: WantedChat }>;
  readonly workers: Availability<Readonly<Record<RecordSource, Pick<OperateClient, 'state'>>>>;
  readonly addresses: Addresses;
  readonly tls: TlsEndpoints;
}
