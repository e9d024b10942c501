import type { RecordSource } from '@innkeeper/shared/domain/ids';
import { createOperateClient, type OperateClient } from '@innkeeper/shared/operate/operate-client';
import type { WorkersConfig } from '../config.ts';

/** The webhook Workers by vendor, as their operator. */
export type Workers = Readonly<Record<RecordSource, OperateClient>>;

export function connectWorkers(config: WorkersConfig): Workers {
  const client = (origin: string): OperateClient =>
    createOperateClient({ origin, token: config.OPERATOR_TOKEN, fetch: (...call) => fetch(...call) });
  return { guesty: client(config.GUESTY_WEBHOOK_ORIGIN), aircall: client(config.AIRCALL_WEBHOOK_ORIGIN) };
}
