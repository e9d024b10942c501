import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';

/** Readers and servers of change streams, as processes of their own. */
const Reading = z.object({
  wallMs: z.number(),
  cpuMs: z.number(),
  peakBytes: z.number(),
  /** When each message was read, by its id, in milliseconds since the epoch; only where there are few. */
  seen: z.record(z.string(), z.number()),
});
export type Reading = z.infer<typeof Reading>;

export interface StreamToRead {
  readonly server: 'replay' | 'mongodb';
  readonly uri: string;
  readonly changes: number;
  /** Cluster time to begin behind. */
  readonly since: { readonly t: number; readonly i: number };
}

/** As the listener's image has them. */
const NODE_OPTIONS = ['--max-old-space-size=192', '--max-semi-space-size=16'];

/** `onBegun` is called once it has read anything. */
export async function readStream(
  reader: 'bare' | 'listener',
  stream: StreamToRead,
  onBegun: () => void = () => undefined,
): Promise<Reading> {
  const { server, uri, changes, since } = stream;
  const program = join(import.meta.dirname, 'listener-reader.ts');
  const args = [reader, server, uri, String(changes), String(since.t), String(since.i)];
  const child = spawn(process.execPath, [...NODE_OPTIONS, program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface(child.stdout)) {
    if (line !== BEGUN) return Reading.parse(JSON.parse(line));
    onBegun();
  }
  throw new Error(`the reader ended with ${child.exitCode} and told nothing`);
}

/** The first line of a reader. */
export const BEGUN = 'begun';

export interface ReplayServer {
  readonly uri: string;
  readonly port: number;
  close(): Promise<void>;
}

export async function startReplayServer(changes: number): Promise<ReplayServer> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'replay-server.ts'), String(changes)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    uri: `mongodb://127.0.0.1:${line}/rocketchat`,
    port: Number(line),
    close: async () => {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}

/** How long the replay server takes for all of it when nobody decodes anything: milliseconds. */
export async function readUndecoded(port: number, changes: number): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const startedMs = performance.now();
  const batches = Math.ceil(changes / 1_000);
  let left = batches;
  let expected = 0;
  socket.write(getMore());
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    let at = 0;
    while (at < chunk.length) {
      // A reply's length stands in front of it; the server writes the head of each whole.
      if (expected === 0) expected = chunk.readInt32LE(at);
      const taken = Math.min(expected, chunk.length - at);
      expected -= taken;
      at += taken;
      if (expected > 0) continue;
      left -= 1;
      if (left > 0) socket.write(getMore());
    }
    if (left === 0) break;
  }
  socket.destroy();
  return performance.now() - startedMs;
}

/** `{ getMore: 1 }` as OP_MSG. */
function getMore(): Buffer {
  const body = Buffer.from([18, 0, 0, 0, 16, ...Buffer.from('getMore\0'), 1, 0, 0, 0, 0]);
  body.writeInt32LE(body.length, 0);
  const message = Buffer.alloc(21 + body.length);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(2013, 12);
  message.set(body, 21);
  return message;
}
