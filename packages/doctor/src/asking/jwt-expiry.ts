import type { Secret } from '@innkeeper/shared/config/secret';
import { decodeJwt, errors } from 'jose';

/** When a key ends that is a JWT, as Qdrant’s newer ones are; `undefined` for every other key. Pure. */
export function jwtExpiry(key: Secret): Date | undefined {
  try {
    const { exp } = decodeJwt(key.reveal());
    return exp === undefined ? undefined : new Date(exp * 1000);
  } catch (error) {
    if (error instanceof errors.JWTInvalid) return undefined;
    throw error;
  }
}
