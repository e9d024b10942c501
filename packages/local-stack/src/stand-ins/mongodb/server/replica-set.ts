import { ObjectId } from 'bson';
import type { BsonDocument, BsonValue } from '../bson/bson-document.ts';
import { toTimestamp } from '../store/cluster-time.ts';
import type { Oplog } from '../store/oplog.ts';

export const SET_NAME = 'rs0';
/** MongoDB 8.0. */
const WIRE_VERSION_MAX = 25;
export const SERVER_VERSION = '8.0.0';

/**
 * The one member of the replica set: primary, or for the time of an election nothing. Clients that wait for a change of
 * this, and operations that such a change interrupts, are told.
 */
export class ReplicaSet {
  readonly #processId = new ObjectId();
  readonly #address: string;
  readonly #oplog: Oplog;
  readonly #watchers = new Set<() => void>();
  #counter = 1;
  #term: number;
  #isPrimary = true;

  /** `term` must be larger than that of any earlier process at this address: clients ignore a primary of the past. */
  constructor({ address, oplog, term }: { address: string; oplog: Oplog; term: number }) {
    this.#address = address;
    this.#oplog = oplog;
    this.#term = term;
  }

  get isPrimary(): boolean {
    return this.#isPrimary;
  }

  stepDown(): void {
    this.#isPrimary = false;
    this.#changed();
  }

  /** Into a new term. */
  stepUp(): void {
    this.#isPrimary = true;
    this.#term += 1;
    this.#changed();
  }

  /** Calls back at the next change; returns how to stop waiting. */
  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }

  get topologyVersion(): BsonDocument {
    return new Map<string, BsonValue>([
      ['processId', this.#processId],
      ['counter', BigInt(this.#counter)],
    ]);
  }

  /** Whether a client that knows this version has missed nothing. */
  isCurrent(topologyVersion: BsonDocument): boolean {
    const processId = topologyVersion.get('processId');
    const isSameProcess = processId instanceof ObjectId && processId.equals(this.#processId);
    return isSameProcess && Number(topologyVersion.get('counter')) === this.#counter;
  }

  describe(connectionId: number): BsonDocument {
    const time = this.#oplog.last();
    const opTime: BsonDocument = new Map<string, BsonValue>([
      ['ts', toTimestamp(time)],
      ['t', BigInt(this.#term)],
    ]);
    const now = new Date();
    return new Map<string, BsonValue>([
      ['helloOk', true],
      ['ismaster', this.#isPrimary],
      ['isWritablePrimary', this.#isPrimary],
      ['secondary', !this.#isPrimary],
      ['topologyVersion', this.topologyVersion],
      ['hosts', [this.#address]],
      ['setName', SET_NAME],
      ['setVersion', 1],
      ...(this.#isPrimary
        ? ([
            ['primary', this.#address],
            ['electionId', this.#electionId()],
          ] as const)
        : []),
      ['me', this.#address],
      [
        'lastWrite',
        new Map<string, BsonValue>([
          ['opTime', opTime],
          ['lastWriteDate', now],
          ['majorityOpTime', opTime],
          ['majorityWriteDate', now],
        ]),
      ],
      ['maxBsonObjectSize', 16 * 1024 * 1024],
      ['maxMessageSizeBytes', 48_000_000],
      ['maxWriteBatchSize', 100_000],
      ['localTime', now],
      ['logicalSessionTimeoutMinutes', 30],
      ['connectionId', connectionId],
      ['minWireVersion', 0],
      ['maxWireVersion', WIRE_VERSION_MAX],
      ['readOnly', false],
    ]);
  }

  #electionId(): ObjectId {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt32BE(0x7fff_ffff);
    bytes.writeBigUInt64BE(BigInt(this.#term), 4);
    return new ObjectId(bytes);
  }

  #changed(): void {
    this.#counter += 1;
    const watchers = [...this.#watchers];
    this.#watchers.clear();
    for (const changed of watchers) changed();
  }
}
