import { chatVersion, secondsOfChatVersion } from '@innkeeper/shared/contracts/chat-change';
import { Timestamp } from 'mongodb';

/** MongoDB's cluster time as the version that documents carry downstream, and back. Pure. */
export const versionOfOperationTime = (time: Timestamp): number => chatVersion(time.t, time.i);

export function operationTimeOfVersion(version: number): Timestamp {
  const seconds = secondsOfChatVersion(version);
  return new Timestamp({ t: seconds, i: version - chatVersion(seconds, 0) });
}
