import type { GrantedToken } from '@innkeeper/shared/adapters/guesty/guesty-client';
import type { VendorError } from '@innkeeper/shared/adapters/http/vendor-reply';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createGuestyTokens, type TokenState } from './guesty-tokens.ts';

const HOUR = 3_600_000;

/** A vendor that counts, a storage that survives, and an object that can be restarted around them. */
function world(answer: (attempt: number) => Result<GrantedToken, VendorError> | 'crash' = granted) {
  const at = { now: 1_000_000_000, attempts: [] as number[], stored: undefined as TokenState | undefined };
  const restart = () =>
    createGuestyTokens({
      now: () => at.now,
      storage: {
        read: () => Promise.resolve(at.stored),
        write: state => {
          at.stored = state;
          return Promise.resolve();
        },
      },
      request: () => {
        at.attempts.push(at.now);
        const result = answer(at.attempts.length);
        return result === 'crash' ? Promise.reject(new Error('killed')) : Promise.resolve(result);
      },
    });
  return { at, restart };
}

function granted(attempt: number): Result<GrantedToken, VendorError> {
  return ok({ token: `token ${attempt}`, expiresInMs: 24 * HOUR });
}

/** Shortest time in which six attempts were made. */
const narrowest = (attempts: readonly number[]): number =>
  Math.min(...attempts.slice(5).map((at, index) => at - (attempts[index] ?? at)));

describe('the token of the fleet', () => {
  test('many askers at once cost one attempt, and a restart none', async () => {
    const { at, restart } = world();
    const tokens = restart();
    const answers = await Promise.all([tokens.token(), tokens.token(), tokens.token()]);
    expect(answers).toEqual([ok('token 1'), ok('token 1'), ok('token 1')]);
    expect(await restart().token()).toEqual(ok('token 1'));
    expect(at.attempts).toHaveLength(1);
  });

  test('how it stands is told without asking for one, and attempts come back after a day', async () => {
    const { at, restart } = world();
    const tokens = restart();
    expect(await tokens.standing()).toEqual({ attemptsLeft: 5 });
    expect(at.attempts).toEqual([]);
    await tokens.token();
    expect(await tokens.standing()).toEqual({ expiresAtMs: at.now + 24 * HOUR, attemptsLeft: 4 });
    at.now += 24 * HOUR + 1;
    expect(await tokens.standing()).toEqual({ attemptsLeft: 5 });
  });

  test('it is replaced before it runs out', async () => {
    const { at, restart } = world();
    const tokens = restart();
    await tokens.token();
    at.now += 24 * HOUR - 6 * 60_000;
    expect(await tokens.token()).toEqual(ok('token 1'));
    at.now += 2 * 60_000;
    expect(await tokens.token()).toEqual(ok('token 2'));
  });

  test('a refused token is replaced at once, and whoever was refused with it shares the new one', async () => {
    const { at, restart } = world();
    const tokens = restart();
    await tokens.token();
    const answers = await Promise.all([tokens.token(), tokens.token('token 1'), tokens.token('token 1')]);
    expect(answers.slice(1)).toEqual([ok('token 2'), ok('token 2')]);
    expect(await tokens.token('token 1')).toEqual(ok('token 2'));
    expect(at.attempts).toHaveLength(2);
  });

  test('an attempt counts even when the process died before its answer', async () => {
    const { at, restart } = world(() => 'crash');
    for (let life = 0; life < 20; life += 1) {
      await restart()
        .token()
        .catch(() => undefined);
      at.now += 4 * HOUR;
    }
    expect(narrowest(at.attempts)).toBeGreaterThanOrEqual(24 * HOUR);
    expect(at.attempts.length).toBeGreaterThan(5);
  });

  test('the vendor’s request to wait is kept through a restart', async () => {
    const { at, restart } = world(() => err({ kind: 'limited', retryAfterMs: 2 * HOUR }));
    await restart().token();
    at.now += HOUR;
    expect(await restart().token()).toEqual(err({ kind: 'limited', retryAfterMs: HOUR }));
    expect(at.attempts).toHaveLength(1);
  });

  test('never more than five attempts in 24 hours, whatever happens and whenever it is asked', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            pauseMs: fc.nat(6 * HOUR),
            fate: fc.constantFrom<('granted' | 'refused' | 'down' | 'crash')[]>('granted', 'refused', 'down', 'crash'),
          }),
          { maxLength: 60 },
        ),
        async steps => {
          let fate: (typeof steps)[number]['fate'] = 'granted';
          const { at, restart } = world(attempt => {
            if (fate === 'crash') return 'crash';
            return fate === 'down' ? err({ kind: 'unavailable', detail: 'down' }) : granted(attempt);
          });
          let held: string | undefined;
          for (const step of steps) {
            at.now += step.pauseMs;
            ({ fate } = step);
            const answer = await restart()
              .token(fate === 'refused' ? held : undefined)
              .catch(() => undefined);
            if (answer?.ok) held = answer.value;
          }
          expect(narrowest(at.attempts)).toBeGreaterThanOrEqual(24 * HOUR);
        },
      ),
      { numRuns: 100 },
    );
  });
});
