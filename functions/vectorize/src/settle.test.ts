import { describe, expect, it } from 'vitest';
import { decideFate, EVENT_AGE_MAX_MS, type IndexError } from './settle.ts';
import { ERROR_FATES } from './testing/error-fates.ts';

describe('decideFate', () => {
  it.each(Object.entries(ERROR_FATES))('%s means %j', (kind, expected) => {
    const error = { kind, detail: 'why' } as IndexError;
    expect(decideFate({ ok: false, error }, 1_000)).toMatchObject(expected);
  });

  it('is done with a settled document', () => {
    expect(decideFate({ ok: true, value: { kind: 'settled' } }, EVENT_AGE_MAX_MS * 2)).toEqual({ kind: 'done' });
  });

  it('asks again for a document that still owes its dense vector', () => {
    const reason = { kind: 'unavailable', detail: 'embedder down' } as const;
    expect(decideFate({ ok: true, value: { kind: 'awaiting_dense', reason } }, 0)).toMatchObject({ kind: 'redeliver' });
  });

  it('parks what would soon be dropped by the platform', () => {
    const outcome = { ok: false, error: { kind: 'unavailable', detail: 'down' } } as const;
    expect(decideFate(outcome, EVENT_AGE_MAX_MS + 1)).toMatchObject({ kind: 'park', reason: 'gave_up_unavailable' });
  });
});
