import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/**
 * As much of PostgreSQL's protocol as opening a transaction and exporting its snapshot takes: every statement answers
 * one row. What a dump of the real thing holds is proven where the real thing runs.
 */
export async function startKeycloakDatabase(): Promise<{ readonly uri: string } & AsyncDisposable> {
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    serve(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    uri: `postgres://keycloak:pg-password-of-keycloak@127.0.0.1:${address.port}/keycloak`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

const READY = message('Z', Buffer.from('I'));
const ROW = Buffer.concat([
  // One column of text named `name`.
  message('T', Buffer.concat([int16(1), text('name'), int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0)])),
  message('D', Buffer.concat([int16(1), int32(9), Buffer.from('0000003-1')])),
  message('C', text('SELECT 1')),
]);

function serve(socket: Socket): void {
  let pending = Buffer.alloc(0);
  let isStarted = false;
  socket.on('data', chunk => {
    pending = Buffer.concat([pending, chunk]);
    for (;;) {
      const typeLength = isStarted ? 1 : 0;
      if (pending.length < typeLength + 4) return;
      const end = typeLength + pending.readInt32BE(typeLength);
      if (pending.length < end) return;
      const type = isStarted ? pending.toString('latin1', 0, 1) : 'startup';
      pending = pending.subarray(end);
      if (type === 'startup') {
        isStarted = true;
        socket.write(Buffer.concat([message('R', int32(0)), READY]));
      }
      if (type === 'Q') socket.write(Buffer.concat([ROW, READY]));
      if (type === 'X') socket.end();
    }
  });
}

function message(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`);
}
