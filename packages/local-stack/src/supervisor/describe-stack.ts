import { relative } from 'node:path';
import { VAULT_REPOSITORY } from './backup-parts.ts';
import { type Connections, local, type Ports } from './connections.ts';
import type { KeptPart } from './keep-running.ts';
import type { Part } from './part.ts';
import type { StackSecrets } from './secrets.ts';
import type { StackFile } from './stack-file.ts';
import { REPOSITORY, type StackHome } from './stack-home.ts';

/** What `stack.json` says of a running stack. Pure. */
export function describeStack(parts: {
  startedAt: Date;
  connections: Connections;
  ports: Ports;
  secrets: StackSecrets;
  readToken: string;
  home: StackHome;
  kept: readonly KeptPart[];
}): StackFile {
  const { connections, ports, secrets, home } = parts;
  const { firestore, pubsub, mongodb, qdrant, groq, embeddings, rocketchat, guesty, aircall } = connections;
  const { hetzner, postgres, projectId, database, opsDatabase } = connections;
  return {
    version: 1,
    startedAt: parts.startedAt.toISOString(),
    supervisorPid: process.pid,
    endpoints: {
      aircallWebhook: {
        url: `${local(ports['aircall-webhook'])}/webhooks/aircall`,
        token: secrets.aircallWebhookToken,
      },
      guestyWebhook: { url: `${local(ports['guesty-webhook'])}/webhooks/guesty`, secret: secrets.guestyWebhookSecret },
      backupLaunch: { url: `${local(ports.gateway)}/invoke/launch` },
      operate: {
        guesty: `${local(ports['guesty-webhook'])}/operate`,
        aircall: `${local(ports['aircall-webhook'])}/operate`,
        token: secrets.operatorToken,
      },
      rocketchatQuestion: {
        url: `${local(ports['llm-query'])}/questions`,
        token: rocketchat.webhookToken,
        botUserId: rocketchat.userId,
        botUsername: rocketchat.username,
      },
    },
    components: {
      firestore: { host: firestore.host, projectId, database, opsDatabase, standIn: firestore.standIn },
      pubsub: { host: pubsub.host, projectId, standIn: pubsub.standIn },
      mongodb: { uri: mongodb.uri, standIn: mongodb.standIn },
      qdrant: { url: qdrant.url, apiKey: qdrant.apiKey, alias: qdrant.alias, standIn: qdrant.standIn },
      groq: { url: groq.url, standIn: groq.standIn },
      embeddings: {
        provider: embeddings.provider,
        url: embeddings.url,
        ...(embeddings.model === undefined ? {} : { model: embeddings.model }),
        ...(embeddings.dimensions === undefined ? {} : { dimensions: Number(embeddings.dimensions) }),
        standIn: embeddings.standIn,
      },
      rocketchat: {
        url: rocketchat.url,
        ...(rocketchat.standIn ? { page: `${rocketchat.url}/` } : {}),
        userId: rocketchat.userId,
        authToken: rocketchat.authToken,
        standIn: rocketchat.standIn,
      },
      guesty: { url: guesty.url, standIn: guesty.standIn },
      aircall: { url: aircall.url, standIn: aircall.standIn },
      hetzner: { url: hetzner.url, token: hetzner.token, standIn: hetzner.standIn },
      vault: {
        url: local(ports['backup-vault']),
        repository: VAULT_REPOSITORY,
        readToken: parts.readToken,
        resticPassword: secrets.resticPassword,
        standIn: false,
      },
      postgres: { uri: postgres.uri, standIn: false },
    },
    processes: parts.kept.flatMap(kept =>
      kept.part.listedAs.map(name => ({
        name,
        pid: kept.pid(),
        log: relative(REPOSITORY, home.log(kept.part.name)),
        startedAt: kept.startedAt().toISOString(),
        ...addressesOf(kept.part, name),
      })),
    ),
  };
}

const HEALTH_PATH = '/_control/health';

/** Where a process is asked how it is: a name of several in one process at its own address, if it has one. */
function addressesOf({ health }: Part, name: string): { health: string; control?: string } {
  const control = health.find(url => url.endsWith(HEALTH_PATH))?.slice(0, -'/health'.length);
  return {
    health: health.find(url => new URL(url).hash === `#${name}`) ?? health[0] ?? '',
    ...(control === undefined ? {} : { control }),
  };
}
