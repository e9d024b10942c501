import type { UserDocument } from '../store/documents.ts';
import type { RateLimitSwitch } from './answer-rest.ts';

/** The permissions that are more than a name here. In memory, as the switches of the control are. */
export interface Permissions {
  all(): { readonly _id: string; readonly roles: readonly string[] }[];
  has(user: UserDocument, permission: string): boolean;
  /** False for a permission that this server does not know. */
  set(permission: string, roles: readonly string[]): boolean;
}

/** Whom the limit of calls does not hold for. */
const LIMIT = 'api-bypass-rate-limit';
export const CREATE_TOKENS = 'create-personal-access-tokens';

export function createPermissions(rateLimit: RateLimitSwitch): Permissions {
  let tokenRoles: readonly string[] = ['admin', 'user']; // as on a new server: no bots
  const rolesOf = (permission: string): readonly string[] => {
    if (permission === CREATE_TOKENS) return tokenRoles;
    return permission === LIMIT ? ['admin', ...(rateLimit.exemptBots ? ['bot'] : []), 'app'] : [];
  };
  return {
    all: () => [LIMIT, CREATE_TOKENS].map(_id => ({ _id, roles: rolesOf(_id) })),
    has: (user, permission) => user.roles.some(role => rolesOf(permission).includes(role)),
    set(permission, roles) {
      if (permission === LIMIT) rateLimit.exemptBots = roles.includes('bot');
      else if (permission === CREATE_TOKENS) tokenRoles = roles;
      else return false;
      return true;
    },
  };
}
