import type { Log } from '@innkeeper/shared/log/log';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import type { Db } from 'mongodb';
import type { Clock } from '../clock.ts';
import type { AssistantIdentity, Meaning } from '../meaning/meaning.ts';
import type { PositionStore } from '../position/position-store.ts';
import type { ChangePublisher } from '../publish/change-publisher.ts';
import type { Parking } from '../publish/parking.ts';
import type { SourceChange } from '../source-document.ts';
import type { ListenerStatus } from '../status/listener-status.ts';
import type { RaiseAlert } from '../status/raise-alert.ts';
import type { OpenChangeStream } from '../stream/change-stream-reader.ts';
import type { Heal, TakeSnapshot } from './scan-ports.ts';

/** Everything the listener works with. */
export interface ListenerPorts {
  readonly database: Db;
  readonly openStream: OpenChangeStream;
  readonly positions: PositionStore;
  readonly leaseMs: number;
  readonly publisher: ChangePublisher;
  readonly parking: Parking;
  /** What is known downstream. */
  readonly known: DocumentStore;
  readonly interpret: (change: SourceChange, assistant: AssistantIdentity) => Meaning;
  readonly assistant: AssistantIdentity;
  readonly takeSnapshot: TakeSnapshot;
  readonly heal: Heal;
  /** What is done beside the stream as long as the lease is held; ends soon after the signal aborts. */
  readonly beside: (signal: AbortSignal) => Promise<void>;
  readonly status: ListenerStatus;
  readonly alert: RaiseAlert;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}
