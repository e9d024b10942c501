import { FIRESTORE_SCOPE, LOG_WRITING_SCOPE } from '@innkeeper/shared/adapters/google-auth/google-scope';
import { describe, expect, it } from 'vitest';
import { KeptEntries, openLogBook } from './log-entries.ts';

const NOW = Date.UTC(2026, 10, 22, 6);
const PRINCIPAL = 'principal:log-forwarder';
const SCOPES: Readonly<Record<string, string>> = {
  writer: LOG_WRITING_SCOPE,
  federated: 'https://www.googleapis.com/auth/cloud-platform',
  stores: FIRESTORE_SCOPE,
};

function open() {
  const book = openLogBook({
    tokens: {
      issue: () => '',
      find: token => {
        const scope = SCOPES[token];
        return scope === undefined ? undefined : { principal: PRINCIPAL, scope, expiresAtMs: NOW + 1 };
      },
      close: () => undefined,
    },
    now: () => NOW,
  });
  return {
    write: (body: unknown, token = 'writer') => {
      const headers = { authorization: `Bearer ${token}` };
      const text = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
      return book.write({ method: 'POST', url: new URL('http://google/v2/entries:write'), headers, body: text }).status;
    },
    kept: () => KeptEntries.parse(book.kept().body).entries,
  };
}

const ENTRY = {
  severity: 'ERROR',
  timestamp: '2026-11-22T05:59:00.000Z',
  insertId: 'a-1',
  labels: { worker: 'llm-query' },
  jsonPayload: { event: 'question.broke' },
};
const REQUEST = {
  logName: 'projects/inn/logs/workers',
  resource: { type: 'global', labels: { project_id: 'inn' } },
  labels: { environment: 'tests' },
  entries: [ENTRY],
};

describe('entries:write', () => {
  it('keeps entries with what the request says for all of them', () => {
    const { write, kept } = open();
    expect(write(REQUEST)).toBe(200);
    expect(kept()).toEqual([
      {
        ...ENTRY,
        logName: REQUEST.logName,
        resource: REQUEST.resource,
        labels: { environment: 'tests', worker: 'llm-query' },
      },
    ]);
  });

  it('takes the same log, time and id for the same entry', () => {
    const { write, kept } = open();
    write(REQUEST);
    write(REQUEST);
    write({ ...REQUEST, entries: [{ ...ENTRY, timestamp: '2026-11-22T05:59:00.001Z' }] });
    expect(kept()).toHaveLength(2);
  });

  it('gives time and id to an entry that has none', () => {
    const { write, kept } = open();
    write({ ...REQUEST, entries: [{ textPayload: 'one' }, { textPayload: 'two' }] });
    expect(kept().map(({ severity, timestamp }) => [severity, timestamp])).toEqual(
      Array.from({ length: 2 }, () => ['DEFAULT', '2026-11-22T06:00:00.000Z']),
    );
  });

  it.each([
    ['writer', 200],
    ['federated', 200],
    ['stores', 403],
    ['nobody', 401],
  ])('is for tokens that reach it: %s is answered %i', (token, status) => {
    const { write, kept } = open();
    expect(write(REQUEST, token)).toBe(status);
    expect(kept()).toHaveLength(status === 200 ? 1 : 0);
  });

  it('keeps nothing of a dry run', () => {
    const { write, kept } = open();
    expect(write({ ...REQUEST, dryRun: true })).toBe(200);
    expect(kept()).toEqual([]);
  });

  it.each([
    ['no JSON', 'entries'],
    ['no entries', { ...REQUEST, entries: [] }],
    ['a name that is none', { ...REQUEST, logName: 'workers' }],
    ['a log of no name', { entries: [ENTRY], resource: REQUEST.resource }],
    ['no resource', { entries: [ENTRY], logName: REQUEST.logName }],
    ['a resource of another type', { ...REQUEST, resource: { type: 'worker', labels: { project_id: 'inn' } } }],
    ['an unknown field', { ...REQUEST, severity: 'ERROR' }],
    ['an unknown field of an entry', { ...REQUEST, entries: [{ ...ENTRY, worker: 'llm-query' }] }],
    ['an unknown severity', { ...REQUEST, entries: [{ ...ENTRY, severity: 'WARN' }] }],
    ['a time that is none', { ...REQUEST, entries: [{ ...ENTRY, timestamp: 1 }] }],
    ['a time two days from now', { ...REQUEST, entries: [{ ...ENTRY, timestamp: '2026-11-24T06:00:00Z' }] }],
    ['two payloads', { ...REQUEST, entries: [{ ...ENTRY, textPayload: 'too' }] }],
    ['no payload', { ...REQUEST, entries: [{ severity: 'ERROR' }] }],
    ['an entry of more than 256 KiB', { ...REQUEST, entries: [{ textPayload: 'x'.repeat(262_144) }] }],
    ['more than 10 MB', { ...REQUEST, entries: Array.from({ length: 101 }, () => ({ textPayload: 'x'.repeat(1e5) })) }],
    ['a label that is no text', { ...REQUEST, labels: { environment: 1 } }],
  ])('refuses %s', (_what, body) => {
    const { write, kept } = open();
    expect(write(body)).toBe(400);
    expect(kept()).toEqual([]);
  });

  it('writes the good ones of a request that asks for it, and says that others were not', () => {
    const { write, kept } = open();
    const entries = [ENTRY, { ...ENTRY, insertId: 'a-2', severity: 'WARN' }];
    expect(write({ ...REQUEST, entries })).toBe(400);
    expect(kept()).toEqual([]);
    expect(write({ ...REQUEST, entries, partialSuccess: true })).toBe(400);
    expect(kept()).toMatchObject([{ insertId: 'a-1' }]);
  });
});
