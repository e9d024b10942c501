import type { EmulatorJars } from '../emulators/emulator-jars.ts';
import { firestoreCommand } from '../emulators/firestore.ts';
import type { JavaCommand } from '../emulators/java-process.ts';
import { pubsubCommand } from '../emulators/pubsub.ts';
import { hetznerCloud, keycloakDatabase } from './backup-parts.ts';
import { type Connections, local, type Ports } from './connections.ts';
import { eventGateway, functionsHost, mongoListener, tokenService, workersHost } from './deployable-parts.ts';
import { botVariables, type OwnPart, ownPart } from './own-part.ts';
import type { Part } from './part.ts';
import type { ProgramName, Programs } from './programs.ts';
import type { StackSecrets } from './secrets.ts';

/**
 * The parts of the local stack, one after the other: what each is told and whom it needs. A part that somebody brings
 * from outside is not in the list. Pure.
 */
export interface PartsOptions {
  readonly connections: Connections;
  readonly secrets: StackSecrets;
  readonly ports: Ports;
  /** Absent when both emulators come from outside. */
  readonly jars: EmulatorJars | undefined;
  /** Who is answered with what, who is briefed, and how much the model may be used: variables of that Worker. */
  readonly assistant: Readonly<Record<string, string>>;
  readonly programs: Programs;
  /** Folder of what a real server has on its PATH. */
  readonly serverPrograms: string;
  readonly resticBinary: string;
  /** The root of the company's file store. */
  readonly filerDirectory: string;
}

export function listParts(options: PartsOptions): Part[] {
  const { connections, ports, secrets, jars, programs } = options;
  const { firestore, pubsub, mongodb, qdrant, groq, embeddings, rocketchat, guesty, aircall } = connections;
  const parts: Part[] = [];
  const standIn = (name: ProgramName & keyof Ports, environment: OwnPart['environment']): Part =>
    ownPart(programs, { name, port: ports[name], environment });

  if (firestore.standIn && jars !== undefined) {
    const command = firestoreCommand({
      jar: jars.firestore,
      port: ports.firestore,
      websocketPort: ports['firestore-websocket'],
      functionsEmulator: `127.0.0.1:${ports.gateway}`,
      projectId: connections.projectId,
    });
    parts.push(emulator('firestore', command));
  }
  if (pubsub.standIn && jars !== undefined) {
    parts.push(emulator('pubsub', pubsubCommand({ jar: jars.pubsub, port: ports.pubsub })));
  }
  if (qdrant.standIn) {
    const environment = { QDRANT_API_KEY: qdrant.apiKey, QDRANT_READ_ONLY_API_KEY: qdrant.readOnlyApiKey };
    parts.push(standIn('qdrant', environment));
  }
  if (groq.standIn) parts.push(standIn('groq', { GROQ_API_KEY: groq.apiKey }));
  if (embeddings.standIn) {
    parts.push(standIn('embeddings', { EMBEDDINGS_API_KEY: secrets.embeddingsApiKey }));
  }
  if (mongodb.standIn) parts.push(standIn('mongodb', { MONGODB_PORT: String(ports['mongodb-wire']) }));
  if (rocketchat.standIn) {
    const environment = {
      MONGODB_URI: mongodb.uri,
      ...botVariables(rocketchat),
      OUTGOING_WEBHOOK_URL: `${local(ports['llm-query'])}/questions`,
      OUTGOING_WEBHOOK_TOKEN: rocketchat.webhookToken,
    };
    parts.push({ ...standIn('rocketchat', environment), dependsOn: ['mongodb'] });
  }
  if (guesty.standIn) {
    const environment = { GUESTY_CLIENT_ID: guesty.id, GUESTY_CLIENT_SECRET: guesty.secret };
    parts.push(standIn('guesty', environment));
  }
  if (aircall.standIn) {
    parts.push(standIn('aircall', { AIRCALL_API_ID: aircall.id, AIRCALL_API_TOKEN: aircall.secret }));
  }

  if (connections.hetzner.standIn) parts.push(hetznerCloud(options));
  parts.push(
    keycloakDatabase(options),
    tokenService(options),
    functionsHost(options),
    eventGateway(options),
    mongoListener(options),
    workersHost(options),
  );
  return parts.map(part => ({
    ...part,
    dependsOn: part.dependsOn.filter(name => parts.some(other => other.name === name)),
  }));
}

function emulator(name: string, java: JavaCommand): Part {
  return {
    name,
    listedAs: [name],
    command: java.command,
    args: java.args,
    environment: {},
    health: [`${local(java.port)}/`],
    dependsOn: [],
  };
}
