import { expect, test } from 'vitest';
import { withoutPassword } from './keycloak.ts';

test('the address that stands in the list of processes has no password', () => {
  expect(withoutPassword('postgres://keycloak:s%3Acret@db.internal:5432/keycloak?sslmode=require')).toBe(
    'postgres://keycloak@db.internal:5432/keycloak?sslmode=require',
  );
});
