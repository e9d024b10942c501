import { expect, test } from 'vitest';
import { readOrder } from './read-order.ts';

const read = (line: string) => readOrder(line.split(' '));

test.each([
  ['status --env prod --json', { kind: 'status', json: true, env: 'prod' }],
  ['set groq-api-key', { kind: 'set', dryRun: false, yes: false }],
  ['rollback groq-api-key --to 3', { kind: 'rollback', to: 3 }],
  ['push --worker llm-query --dry-run', { kind: 'push', workers: ['llm-query'], github: false, dryRun: true }],
  ['push --github', { kind: 'push', workers: [], github: true }],
  ['qdrant-keys --renew', { kind: 'qdrant-keys', renew: true, retire: false }],
])('%s', (line, order) => {
  expect(read(line)).toMatchObject({ ok: true, value: order });
});

test.each([
  ['steal', 'There is no such command.'],
  ['set', 'values come by a prompt'],
  ['set groq-api-key the-value', 'values come by a prompt'],
  ['set no-such-secret', 'There is no such secret.'],
  ['set groq-api-key --value=the-value', 'There is an option that nobody knows'],
  ['status --retire', '--retire does not belong to status.'],
  ['push --worker nobody', 'There is no such Worker.'],
  ['push --worker llm-query --github', 'exclude each other'],
  ['rollback groq-api-key --to now', '--to takes the number of a version.'],
])('%s is refused, and never repeated', (line, sentence) => {
  const order = read(line);
  expect(order.ok ? '' : order.error).toContain(sentence);
  expect(order.ok ? '' : order.error).not.toContain('the-value');
});
