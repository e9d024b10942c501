import { readFileSync, rmSync } from 'node:fs';
import * as z from 'zod';
import { writeWhole } from './write-whole.ts';

/** `stack.json`: what runs where, for everybody who wants to talk to a running stack. Holds secrets of this stack only. */
const standIn = z.boolean();
const emulator = z.object({ host: z.string(), projectId: z.string(), standIn });
const address = z.object({ url: z.string(), standIn });

export const StackFile = z.object({
  version: z.literal(1),
  startedAt: z.iso.datetime(),
  supervisorPid: z.int(),
  endpoints: z.object({
    aircallWebhook: z.object({ url: z.string(), token: z.string() }),
    guestyWebhook: z.object({ url: z.string(), secret: z.string() }),
    /** POST starts the night's backup, as the scheduler does. */
    backupLaunch: z.object({ url: z.string() }),
    /** What operators ask of the webhook Workers: base URLs of their calls, and the bearer token for both. */
    operate: z.object({ guesty: z.string(), aircall: z.string(), token: z.string() }),
    rocketchatQuestion: z.object({
      url: z.string(),
      token: z.string(),
      botUserId: z.string(),
      botUsername: z.string(),
    }),
  }),
  components: z.object({
    firestore: emulator.extend({ database: z.string(), opsDatabase: z.string() }),
    pubsub: emulator,
    mongodb: z.object({ uri: z.string(), standIn }),
    qdrant: z.object({ url: z.string(), apiKey: z.string(), alias: z.string(), standIn }),
    groq: address,
    embeddings: z.object({
      provider: z.string(),
      model: z.string().optional(),
      dimensions: z.int().optional(),
      url: z.string(),
      standIn,
    }),
    /** `page`: where a person reads and writes; the stand-in's only. */
    rocketchat: address.extend({ page: z.string().optional(), userId: z.string(), authToken: z.string() }),
    guesty: address,
    aircall: address,
    hetzner: address.extend({ token: z.string() }),
    /** restic's `rest:<url>/<repository>/`, with the token as password of any user: it reads, for half a day. */
    vault: address.extend({ repository: z.string(), readToken: z.string(), resticPassword: z.string() }),
    /** Keycloak's database: a real PostgreSQL, in this stack's care. */
    postgres: z.object({ uri: z.string(), standIn }),
  }),
  processes: z.array(
    z.object({
      name: z.string(),
      pid: z.int(),
      log: z.string(),
      startedAt: z.iso.datetime(),
      /** Answers 2xx when the process is well. */
      health: z.string(),
      /** Base URL under which a process of this package is asked about its work. */
      control: z.string().optional(),
    }),
  ),
});
export type StackFile = z.infer<typeof StackFile>;

/** `undefined` when no stack is ready here. */
export function readStackFile(path: string): StackFile | undefined {
  try {
    return StackFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

export const writeStackFile = (path: string, stack: StackFile): void =>
  writeWhole(path, JSON.stringify(stack, undefined, 2));

export const removeStackFile = (path: string): void => rmSync(path, { force: true });
