import { expect, test } from 'vitest';
import { isDeadLetterQueue } from './is-dead-letter-queue.ts';

test.each(['guesty-deliveries-dead', 'aircall-deliveries-dead-staging', 'aircall-deliveries-dead-dev'])(
  '%s holds dead letters',
  queue => {
    expect(isDeadLetterQueue(queue)).toBe(true);
  },
);

test.each(['guesty-deliveries', 'aircall-deliveries-staging', 'deadlines-dev', 'undead'])(
  '%s holds deliveries',
  queue => {
    expect(isDeadLetterQueue(queue)).toBe(false);
  },
);
