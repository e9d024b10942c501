import type { Scope } from '@innkeeper/shared/domain/question';
import { Scope as ScopeSchema } from '@innkeeper/shared/domain/question';
import * as z from 'zod/mini';

/**
 * Who may be told what, as reviewed configuration (`ASSISTANT_SCOPES`). The most specific entry wins; what is not
 * listed is `none`, so nobody gets data until an operator decides. Pure.
 */
export const AssistantScopes = z.object({
  /** By room id, `#name`, or `*`. */
  rooms: z._default(z.record(z.string(), ScopeSchema), {}),
  /** For direct messages, by user id, username, or `*`. */
  users: z._default(z.record(z.string(), ScopeSchema), {}),
  /** Words that start a question besides a mention. */
  words: z._default(z.array(z.string().check(z.trim(), z.minLength(1), z.maxLength(32))).check(z.maxLength(20)), [
    '!query',
  ]),
});
export type AssistantScopes = z.infer<typeof AssistantScopes>;

export interface Asking {
  readonly roomType: 'public' | 'private' | 'direct';
  readonly roomId: string;
  readonly roomName?: string | undefined;
  readonly askerId: string;
  readonly askerName: string;
}

export function scopeOf(asking: Asking, scopes: AssistantScopes): Scope {
  const [entries, names] =
    asking.roomType === 'direct'
      ? [scopes.users, [asking.askerId, asking.askerName, `@${asking.askerName}`]]
      : [scopes.rooms, [asking.roomId, ...(asking.roomName === undefined ? [] : [`#${asking.roomName}`])]];
  for (const name of [...names, '*']) {
    const scope = Object.hasOwn(entries, name) ? entries[name] : undefined;
    if (scope !== undefined) return scope;
  }
  return 'none';
}
