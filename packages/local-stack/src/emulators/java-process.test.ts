import { describe, expect, it } from 'vitest';
import { firestoreCommand } from './firestore.ts';
import { freePort } from './free-port.ts';
import { startJava } from './java-process.ts';
import { pubsubCommand } from './pubsub.ts';

/** Runs JavaScript where an emulator would run. */
const runInstead = (script: string, port: number) => ({ command: process.execPath, args: ['-e', script], port });

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('an emulator process', () => {
  it('is handed over once it serves, and is gone when it is closed', async () => {
    const port = await freePort();
    const serve = `require('node:http').createServer((q, r) => r.end('Ok')).listen(${port}, '127.0.0.1')`;
    const running = await startJava('It', runInstead(serve, port));
    expect(running.host).toBe(`127.0.0.1:${port}`);
    expect(isRunning(running.pid)).toBe(true);
    await running.close();
    expect(isRunning(running.pid)).toBe(false);
    await running.close();
  });

  it('that ends before it serves is an error with its last words', async () => {
    const ends = runInstead("console.error('port is taken'); process.exitCode = 3", await freePort());
    await expect(startJava('It', ends)).rejects.toThrow(
      /It ended \(exit code 3\) before it was ready:\nport is taken/u,
    );
  });

  it('without Java says what to install', async () => {
    const nothing = { command: '/nonexistent/java', args: [], port: await freePort() };
    await expect(startJava('It', nothing)).rejects.toThrow(/needs Java 11 or newer.*openjdk-17-jre-headless/u);
  });
});

describe('the command lines', () => {
  it('bind Firestore to 127.0.0.1 with a websocket port of its own, and name the receiver of triggers only if there is one', () => {
    const options = { jar: '/sdk/firestore.jar', port: 8080, websocketPort: 8081, projectId: 'inn' };
    const { args } = firestoreCommand({ ...options, functionsEmulator: '127.0.0.1:8082' });
    expect(args.slice(args.indexOf('-cp'))).toEqual([
      '-cp',
      '/sdk/firestore.jar',
      'com.google.cloud.datastore.emulator.firestore.CloudFirestore',
      '--host=127.0.0.1',
      '--port=8080',
      '--websocket_port=8081',
      '--functions_emulator=127.0.0.1:8082',
      '--project_id=inn',
    ]);
    expect(firestoreCommand(options).args.join(' ')).not.toContain('functions_emulator');
  });

  it('bound the memory of both', () => {
    expect(pubsubCommand({ jar: '/sdk/pubsub.jar', port: 8085, heapMb: 128 }).args).toContain('-Xmx128m');
    const firestore = { jar: '/sdk/firestore.jar', port: 8080, websocketPort: 8081, projectId: 'inn' };
    expect(firestoreCommand(firestore).args).toContain('-Xmx256m');
  });
});
