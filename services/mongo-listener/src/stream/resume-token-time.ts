import { chatVersion } from '@innkeeper/shared/contracts/chat-change';
import type { Document } from 'mongodb';

/**
 * Cluster time that a resume token stands for, as `chatVersion`, where its form is the known one: hexadecimal, a type
 * byte for a timestamp, seconds, ordinal. A token of any other form has no time; nothing but lag and the reach of a
 * healing hangs on it.
 */
export function resumeTokenVersion(token: Document): number | undefined {
  const data: unknown = token['_data'];
  const match = typeof data === 'string' ? /^82([0-9A-F]{8})([0-9A-F]{8})/iu.exec(data) : null;
  const [, seconds, ordinal] = match ?? [];
  if (seconds === undefined || ordinal === undefined) return undefined;
  return chatVersion(Number.parseInt(seconds, 16), Number.parseInt(ordinal, 16));
}
