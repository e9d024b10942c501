import { describe, expect, it } from 'vitest';
import type { IndexError } from '../settle.ts';
import { ERROR_FATES } from '../testing/error-fates.ts';
import { decideChangeFate, FEEDBACK_PATIENCE_MS } from './settle-change.ts';

const DAYS_MS = 7 * 86_400_000;
const settled = { kind: 'settled' } as const;

describe('decideChangeFate', () => {
  it.each(Object.entries(ERROR_FATES))(
    '%s means %j, however old: the subscription counts attempts',
    (kind, expected) => {
      const error = { kind, detail: 'why' } as IndexError;
      expect(decideChangeFate({ ok: false, error }, DAYS_MS)).toMatchObject(expected);
    },
  );

  it.each(['written', 'unchanged', 'older'] as const)('is done with what is %s and in the index', effect => {
    expect(decideChangeFate({ ok: true, value: { effect, converged: settled } }, 0)).toEqual({ kind: 'done' });
  });

  it('asks again for a message that still owes its dense vector', () => {
    const reason = { kind: 'unavailable', detail: 'embedder down' } as const;
    const value = { effect: 'written', converged: { kind: 'awaiting_dense', reason } } as const;
    expect(decideChangeFate({ ok: true, value }, 0)).toMatchObject({ kind: 'redeliver', reason: 'awaiting_dense' });
  });

  it('waits for the answer that people reacted to, but not for ever', () => {
    const outcome = { ok: true, value: { effect: 'no_interaction', converged: settled } } as const;
    expect(decideChangeFate(outcome, FEEDBACK_PATIENCE_MS)).toMatchObject({ kind: 'redeliver', alert: false });
    expect(decideChangeFate(outcome, FEEDBACK_PATIENCE_MS + 1)).toEqual({ kind: 'drop', reason: 'no_interaction' });
  });
});
