import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { planPush } from './plan-push.ts';
import { markerOf, pushedState, readMarker } from './version-marker.ts';

const GROQ = { id: 'groq-api-key', variable: 'GROQ_API_KEY', version: 3, isOptional: false };

test('nothing to give where the Worker has the version', () => {
  expect(planPush([GROQ], ['GROQ_API_KEY', 'GROQ_API_KEY__V3'])).toEqual({
    steps: [],
    stale: [],
    missing: [],
    strange: [],
  });
});

test('another version is replaced and its marker taken away', () => {
  const plan = planPush([GROQ], ['GROQ_API_KEY', 'GROQ_API_KEY__V2', 'GROQ_API_KEY__V1']);
  expect(plan.steps).toMatchObject([{ variable: 'GROQ_API_KEY', version: 3, why: 'behind' }]);
  expect(plan.stale).toEqual(['GROQ_API_KEY__V2', 'GROQ_API_KEY__V1']);
});

test('a value that somebody set by hand has no marker and is replaced', () => {
  expect(planPush([GROQ], ['GROQ_API_KEY']).steps).toMatchObject([{ why: 'behind' }]);
});

test('what nobody has set is missing, unless it may be', () => {
  const { version: _none, ...unset } = GROQ;
  expect(planPush([unset], [])).toMatchObject({ steps: [], missing: ['groq-api-key'] });
  expect(planPush([{ ...unset, isOptional: true }], [])).toMatchObject({ steps: [], missing: [] });
});

test('what the catalogue does not know is named and left alone', () => {
  expect(planPush([GROQ], ['OLD_KEY', 'GROQ_API_KEY', 'GROQ_API_KEY__V3'])).toMatchObject({
    stale: [],
    strange: ['OLD_KEY'],
  });
});

test('a marker says again what it was made of, and what was given counts as current', () => {
  const variable = fc.stringMatching(/^[A-Z]{1,8}(?:_[A-Z0-9]{1,8}){0,3}$/u);
  fc.assert(
    fc.property(variable, fc.nat(), (name, version) => {
      expect(readMarker(markerOf(name, version))).toEqual({ variable: name, version });
      expect(pushedState([name, markerOf(name, version)], name, version)).toBe('current');
      expect(pushedState([name, markerOf(name, version)], name, version + 1)).toBe('behind');
    }),
  );
});
