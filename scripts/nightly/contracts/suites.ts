/** What a suite runs on. Those with a variable are real servers at night and stand-ins everywhere else. */
export type Backing =
  | 'memory'
  | 'MongoDB'
  | 'Qdrant'
  | 'Rocket.Chat'
  | 'Firestore emulator'
  | 'Pub/Sub emulator'
  | 'workerd'
  | 'local model'
  | 'stand-in';

/** One test file. */
export interface Suite {
  /** The port, or what a server does that everything else relies on. */
  readonly port: string;
  readonly on: Backing;
  readonly file: string;
  /** Nothing else may be on its server meanwhile. */
  readonly alone?: true;
}

const SHARED = 'packages/shared';
const STACK = 'packages/local-stack';
const LISTENER = 'services/mongo-listener';
const DOCTOR = 'packages/doctor';
const suite = (port: string, on: Backing, file: string): Suite => ({ port, on, file });

/** Every contract suite, and the listener's, by the test files that run them. */
export const SUITES: readonly Suite[] = [
  suite('VectorStore', 'memory', `${SHARED}/src/testing/in-memory-vector-store.test.ts`),
  suite('VectorStore', 'Qdrant', `${STACK}/src/stand-ins/qdrant/qdrant-adapter.test.ts`),
  suite('VectorStore', 'stand-in', `${STACK}/src/stand-ins/qdrant/qdrant-outages.test.ts`),
  { ...suite('Answers on record', 'Qdrant', `${STACK}/src/stand-ins/qdrant/conformance.test.ts`), alone: true },
  suite('TeamChat', 'memory', `${SHARED}/src/testing/in-memory-team-chat.test.ts`),
  suite('TeamChat', 'Rocket.Chat', `${STACK}/src/stand-ins/rocketchat/rocketchat-adapter.test.ts`),
  suite('TeamChat', 'stand-in', `${STACK}/src/stand-ins/rocketchat/start-rocketchat.test.ts`),
  suite('ChatAdministration', 'Rocket.Chat', 'services/sync-app/test/rocketchat-server.test.ts'),
  suite('ChatAdministration', 'stand-in', 'services/sync-app/test/rocketchat.test.ts'),
  suite('DocumentStore', 'memory', `${SHARED}/src/testing/in-memory-document-store.test.ts`),
  suite('DocumentStore', 'memory', 'packages/ingest-proof/src/platform/document-store.test.ts'),
  suite('DocumentStore', 'Firestore emulator', `${SHARED}/test/document-store.emulator.test.ts`),
  suite('PositionStore', 'memory', `${LISTENER}/src/position/firestore-position-store.test.ts`),
  suite('PositionStore', 'Firestore emulator', `${LISTENER}/test/position-store.test.ts`),
  suite('DirtySet, JobStore, RateJournal', 'memory', `${SHARED}/src/testing/in-memory-dirty-set.test.ts`),
  suite('DirtySet, JobStore, RateJournal', 'memory', `${SHARED}/src/testing/in-memory-job-store.test.ts`),
  suite('DirtySet, JobStore, RateJournal', 'memory', `${SHARED}/src/testing/in-memory-rate-journal.test.ts`),
  suite('DirtySet, JobStore, RateJournal', 'workerd', `${STACK}/test/durable-stores.runtime.test.ts`),
  suite('OverflowStore', 'memory', `${SHARED}/src/testing/in-memory-overflow.test.ts`),
  suite('OverflowStore', 'workerd', `${STACK}/test/overflow-bucket.runtime.test.ts`),
  suite('Embedder', 'memory', `${SHARED}/src/testing/hash-embedder.test.ts`),
  suite('Embedder', 'local model', `${STACK}/src/stand-ins/embeddings/start-embeddings.test.ts`),
  suite('Embedder', 'stand-in', `${STACK}/src/stand-ins/workers-ai/start-workers-ai.test.ts`),
  suite('WebhookRegistry', 'memory', `${SHARED}/src/testing/in-memory-webhook-registry.test.ts`),
  suite('WebhookRegistry', 'stand-in', 'workers/aircall-webhook/src/subscription/aircall-registry.test.ts'),
  suite('WebhookRegistry', 'stand-in', 'workers/guesty-webhook/src/subscription/guesty-registry.test.ts'),
  suite('Servers', 'memory', 'functions/backup/src/testing/in-memory-servers.test.ts'),
  suite('Servers', 'stand-in', 'functions/backup/test/hetzner.test.ts'),
  suite('IssueStore', 'memory', 'packages/github-reports/src/testing/in-memory-issue-store.test.ts'),
  suite('IssueStore', 'stand-in', 'packages/github-reports/src/issues/github-issue-store.test.ts'),
  suite('Journal', 'stand-in', 'packages/deployment/test/journal.test.ts'),
  suite('SecretStore, ApiTokens, …', 'memory', 'packages/secrets/src/testing/memory-vendors.test.ts'),
  suite('SecretStore, ApiTokens, …', 'stand-in', 'packages/secrets/src/adapters/vendor-adapters.test.ts'),
  suite('CloudflareAccount, SecretVersions, DocumentReader', 'memory', `${DOCTOR}/src/testing/in-memory-ports.test.ts`),
  suite('CloudflareAccount, SecretVersions, DocumentReader', 'stand-in', `${DOCTOR}/src/adapters/vendor-ports.test.ts`),
  suite('CloudflareAccount, SecretVersions, DocumentReader', 'Firestore emulator', `${DOCTOR}/test/documents.test.ts`),
  suite('Documents', 'MongoDB', `${STACK}/src/stand-ins/mongodb/documents.test.ts`),
  suite('Documents', 'MongoDB', `${STACK}/src/stand-ins/mongodb/query/query-agreement.test.ts`),
  suite('Change streams', 'MongoDB', `${STACK}/src/stand-ins/mongodb/change-streams.test.ts`),
  suite('Change streams', 'stand-in', `${STACK}/src/stand-ins/mongodb/change-stream-history.test.ts`),
  suite('Change streams', 'stand-in', `${STACK}/src/stand-ins/mongodb/failures.test.ts`),
  suite('Documents', 'stand-in', `${STACK}/src/stand-ins/mongodb/limits.test.ts`),
  suite('mongo-listener', 'MongoDB', `${LISTENER}/test/run-listener.test.ts`),
  suite('mongo-listener', 'MongoDB', `${LISTENER}/test/source-reader.test.ts`),
  suite('mongo-listener', 'MongoDB', `${LISTENER}/test/lost-questions.test.ts`),
  suite('mongo-listener', 'MongoDB', `${LISTENER}/test/main-process.test.ts`),
  suite('mongo-listener', 'MongoDB', `${LISTENER}/test/process-kills.test.ts`),
  suite('mongo-listener', 'MongoDB', `${LISTENER}/test/schedules.test.ts`),
  suite('mongo-listener', 'Pub/Sub emulator', `${LISTENER}/test/pubsub-publisher.test.ts`),
  suite('mongo-listener', 'stand-in', `${LISTENER}/test/run-listener-failures.test.ts`),
  suite('mongo-listener', 'stand-in', `${LISTENER}/test/source-reader-failures.test.ts`),
  suite('mongo-listener', 'stand-in', `${LISTENER}/test/driver-specification.test.ts`),
];
