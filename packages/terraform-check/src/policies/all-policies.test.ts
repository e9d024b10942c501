import { describe, expect, test } from 'vitest';
import { readSchemas } from '../schema/read-schemas.ts';
import { allPolicies } from './all-policies.ts';
import { tellViolation } from './policy.ts';

const POLICIES = allPolicies(readSchemas());

describe.each(POLICIES.map(policy => [policy.name, policy] as const))('%s', (_, policy) => {
  test('holds for its sound example', () => {
    expect(policy.check(policy.examples.sound)).toEqual([]);
  });

  test('is broken by its broken example, with what, why and the next step', () => {
    const violations = policy.check(policy.examples.broken);
    expect(violations).not.toEqual([]);
    for (const violation of violations) {
      expect(violation.what).toMatch(/\.$/u);
      expect(violation.next).toMatch(/\.$/u);
      expect(tellViolation(policy, violation)).toContain(`${policy.why} Next: ${violation.next}`);
    }
  });
});

test('every policy has a name of its own', () => {
  const names = POLICIES.map(policy => policy.name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
