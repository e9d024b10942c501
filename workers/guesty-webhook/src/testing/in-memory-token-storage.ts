import type { TokenState, TokenStorage } from '../hydration/guesty-tokens.ts';

/** Where the token is kept for as long as a test runs. */
export function inMemoryTokenStorage(): TokenStorage {
  let stored: TokenState | undefined;
  return {
    read: () => Promise.resolve(stored),
    write: state => {
      stored = state;
      return Promise.resolve();
    },
  };
}
