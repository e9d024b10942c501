import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP proxy that can be cut, so that a part that all tests share goes away for one of them only. */
export interface CuttableProxy {
  /** `127.0.0.1:port`. */
  readonly host: string;
  /** Connections it turned away so far. */
  refused(): number;
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function startCuttableProxy(target: string): Promise<CuttableProxy> {
  const [targetHost, targetPort] = target.split(':');
  const sockets = new Set<Socket>();
  const state = { cut: false, refused: 0 };
  const server = createServer(inbound => {
    if (state.cut) {
      state.refused += 1;
      inbound.destroy();
      return;
    }
    const outbound = connect(Number(targetPort), targetHost ?? '127.0.0.1');
    for (const [socket, other] of [
      [inbound, outbound],
      [outbound, inbound],
    ] as const) {
      sockets.add(socket);
      socket.setNoDelay(true).on('error', () => other.destroy()); // One end went away: so does the other.
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    refused: () => state.refused,
    cut() {
      state.cut = true;
      hangUp();
    },
    mend() {
      state.cut = false;
    },
    async close() {
      hangUp();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}
