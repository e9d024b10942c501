import type { OperateRequest } from '@innkeeper/shared/contracts/operate';
import type { ReadJob } from '@innkeeper/shared/contracts/read-job';
import type { RecordSource } from '@innkeeper/shared/domain/ids';
import type { OperateError } from '@innkeeper/shared/operate/operate-client';
import type { Workers } from '../connect/connect-workers.ts';

/** Walks begun at several vendors: what began, and which vendor's Worker did not take the order. I/O: the Workers. */
export interface Started {
  readonly jobs: readonly ReadJob[];
  readonly failures: readonly OperateError[];
}

export async function startJobs(
  workers: Workers,
  vendors: readonly RecordSource[],
  order: OperateRequest<'start-jobs'>,
): Promise<Started> {
  const answers = await Promise.all(vendors.map(vendor => workers[vendor].startJobs(order)));
  return {
    jobs: answers.flatMap(answer => (answer.ok ? answer.value.jobs : [])),
    failures: answers.flatMap(answer => (answer.ok ? [] : [answer.error])),
  };
}

export async function readJobs(workers: Workers, vendors: readonly RecordSource[]): Promise<Started> {
  const answers = await Promise.all(vendors.map(vendor => workers[vendor].state()));
  return {
    jobs: answers.flatMap(answer => (answer.ok ? answer.value.jobs : [])),
    failures: answers.flatMap(answer => (answer.ok ? [] : [answer.error])),
  };
}
