import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BODY_CHARACTERS_MAX } from '../text/fit-text.ts';
import { digestOf, Finding, Findings, readMark, writeBody } from './finding.ts';

const RUN = 'https://github.com/example/innkeeper/actions/runs/1';
const arbitraryKey = fc.stringMatching(/^[a-z0-9]{1,8}(?:[./][a-z0-9]{1,8}){0,5}$/u);
const arbitraryFinding: fc.Arbitrary<Finding> = fc.record({
  key: arbitraryKey,
  title: fc.string({ minLength: 1, maxLength: 80 }),
  body: fc.oneof(
    fc.string(),
    fc.string({ minLength: 3, maxLength: 40 }).map(text => text.repeat(4_000)),
  ),
});

describe('the mark in an issue', () => {
  it('comes back from every body, however long', () => {
    fc.assert(
      fc.property(arbitraryFinding, finding => {
        const body = writeBody(finding, RUN);
        expect(body.length).toBeLessThanOrEqual(BODY_CHARACTERS_MAX);
        expect(readMark(body)).toEqual({ key: finding.key, digest: digestOf(finding) });
      }),
      { numRuns: 60 },
    );
  });

  it('is the last thing said: a body that quotes another mark stays what it is', () => {
    const quoted = writeBody({ key: 'drift/dev', title: 'a', body: 'b' }, RUN);
    expect(readMark(writeBody({ key: 'drift/prod', title: 'a', body: quoted }, RUN))?.key).toBe('drift/prod');
    expect(readMark(`${quoted}\nsomebody wrote below it`)).toBeUndefined();
    expect(readMark('an ordinary issue')).toBeUndefined();
  });

  it('survives the line endings of a browser', () => {
    const body = writeBody({ key: 'drift/prod', title: 'a', body: 'b' }, RUN).replaceAll('\n', '\r\n');
    expect(readMark(`${body}\r\n`)?.key).toBe('drift/prod');
  });
});

describe('a finding', () => {
  it.each(['', ' ', '-a', 'a b', 'a\nb', 'a-->', 'a--b', 'x'.repeat(201)])('cannot have the key %j', key => {
    expect(Finding.safeParse({ key, title: 'a', body: '' }).success).toBe(false);
  });

  it('stands once in a list', () => {
    const finding = { key: 'a', title: 'a', body: '' };
    expect(Findings.safeParse([finding, finding]).success).toBe(false);
  });
});
