import { type RunningFunctions, startFunctions } from '@innkeeper/local-stack/functions-host/start-functions';
import { type FirestoreSdkStore, firestoreSdk } from '@innkeeper/shared/adapters/node/firestore-sdk';
import { SIGNATURE_HEADER } from '@innkeeper/shared/backup/sign-request';
import { firestoreEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';
import { registerFunctions } from '../../src/http/register-functions.ts';
import { type BackupRig, backupRig } from '../../src/testing/backup-rig.ts';
import type { Post } from '../../src/testing/scripted-runner.ts';

/** The four functions behind the functions framework, on the Firestore emulator, with servers in memory. */
export interface ServedFunctions {
  readonly rig: BackupRig;
  readonly post: (target: Target, body: string | Uint8Array, headers?: Record<string, string>) => Promise<Reply>;
  /** As the newest server would, through Google's front end. */
  readonly say: (target: 'exchange' | 'report', post: Post, from?: string) => Promise<Reply>;
  urlOf(target: Target): string;
  close(): Promise<void>;
}

export type Target = 'launch' | 'sweep' | 'exchange' | 'report';

export interface Reply {
  readonly status: number;
  readonly json: unknown;
}

let projects = 0;

export async function serveFunctions(now?: string): Promise<ServedFunctions> {
  projects += 1;
  const store: FirestoreSdkStore = firestoreSdk({
    project: `backup-functions-${process.pid}-${projects}`,
    database: 'ops',
    emulatorHost: firestoreEmulatorHost(),
  });
  const rig = backupRig({ store, ...(now === undefined ? {} : { now }) });
  registerFunctions(rig);
  const targets = (['launch', 'sweep', 'exchange', 'report'] as const).map(target => ({ target, port: 0 }));
  const functions: RunningFunctions = await startFunctions({ targets, controlPort: 0 });

  const post: ServedFunctions['post'] = async (target, body, headers = {}) => {
    const response = await fetch(functions.urlOf(target), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });
    const text = await response.text();
    return { status: response.status, json: text.startsWith('{') ? (JSON.parse(text) as unknown) : undefined };
  };

  return {
    rig,
    post,
    say: (target, { body, signature }, from = rig.newestAddress()) =>
      post(target, body, {
        'x-forwarded-for': `198.51.100.77, ${from}`,
        ...(signature === undefined ? {} : { [SIGNATURE_HEADER]: signature }),
      }),
    urlOf: target => functions.urlOf(target),
    async close() {
      await functions.close();
      await store.close();
    },
  };
}
