import type { Document } from 'mongodb';
import type { Followed } from '../source-document.ts';

/** Documents as Rocket.Chat stores them, with no more in them than is read. */
export function chatDocument(followed: Followed, id: unknown, written: Date, text = 'said'): Document {
  const stamped = { _id: id, _updatedAt: written };
  switch (followed) {
    case 'message':
      return { ...stamped, rid: 'general', msg: text, ts: written, u: { _id: 'anna', username: 'anna' } };
    case 'room':
      return { ...stamped, t: 'c', name: 'general' };
    case 'subscription':
      return { ...stamped, rid: 'general', u: { _id: 'anna', username: 'anna' } };
    case 'user':
      return { ...stamped, username: 'anna', active: true, roles: ['user'] };
  }
}
