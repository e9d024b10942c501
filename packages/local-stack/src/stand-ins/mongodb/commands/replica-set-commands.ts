import { Binary } from 'bson';
import { type BsonDocument, type BsonValue } from '../bson/bson-document.ts';
import { SERVER_VERSION } from '../server/replica-set.ts';
import { CommandError } from '../wire/command-error.ts';
import { type AnyCommand, numeric, type Reply, type Request, reply, type Services } from './command.ts';

/** Greeting, monitoring and sessions. */
export const replicaSetCommands: Readonly<Record<string, AnyCommand>> = {
  hello: { access: 'none', run: answerHello },
  isMaster: { access: 'none', run: answerHello },
  ismaster: { access: 'none', run: answerHello },
  ping: { access: 'none', run: () => reply() },
  buildInfo: { access: 'none', run: describeBuild },
  buildinfo: { access: 'none', run: describeBuild },
  connectionStatus: {
    access: 'none',
    run: () =>
      reply([
        'authInfo',
        new Map([
          ['authenticatedUsers', []],
          ['authenticatedUserRoles', []],
        ]),
      ]),
  },
  startSession: {
    access: 'none',
    run: () =>
      reply(
        ['id', new Map([['id', new Binary(crypto.getRandomValues(new Uint8Array(16)), 4)]])],
        ['timeoutMinutes', 30],
      ),
  },
  refreshSessions: { access: 'none', run: () => reply() },
  endSessions: { access: 'none', run: endSessions },
  killSessions: { access: 'none', run: endSessions },
  saslStart: {
    access: 'none',
    run: () => {
      throw new CommandError(18, 'Authentication failed.'); // there are no users
    },
  },
};

/**
 * With a topology version that is current, the answer waits for a change of it, at most as long as the client says; the
 * client may let such answers come one after the other.
 */
async function answerHello({ body, connectionId, signal }: Request, { replicaSet }: Services): Promise<Reply> {
  const known = body.get('topologyVersion');
  if (known instanceof Map && replicaSet.isCurrent(known)) {
    const waitMs = numeric.parse(body.get('maxAwaitTimeMS') ?? 0);
    await new Promise<void>(resolve => {
      const finish = (): void => {
        clearTimeout(timer);
        unwatch();
        signal.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, waitMs);
      const unwatch = replicaSet.watch(finish);
      signal.addEventListener('abort', finish);
    });
  }
  const fields = replicaSet.describe(connectionId);
  if (!(known instanceof Map)) return { fields };
  return { fields, again: new Map(body).set('topologyVersion', replicaSet.topologyVersion) };
}

function describeBuild(): Reply {
  return reply(
    ['version', SERVER_VERSION],
    ['versionArray', [...SERVER_VERSION.split('.').map(Number), 0]],
    ['gitVersion', 'stand-in'],
    ['modules', []],
    ['bits', 64],
    ['maxBsonObjectSize', 16 * 1024 * 1024],
    ['storageEngines', []],
  );
}

function endSessions({ name, body }: Request, { store }: Services): Reply {
  const sessions: BsonValue = body.get(name);
  for (const session of Array.isArray(sessions) ? sessions : []) {
    const id = session instanceof Map ? sessionId(session) : undefined;
    if (id !== undefined) store.retries.forget(id);
  }
  return reply();
}

export function sessionId(session: BsonDocument): Uint8Array | undefined {
  const id = session.get('id');
  return id instanceof Binary ? id.value() : undefined;
}
