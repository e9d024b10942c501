/**
 * Whether a queue holds what another gave up on. A consumer has only the name to go by: the delivery queue's and `-dead`,
 * and behind that the environment everywhere but in prod (`guesty-deliveries-dead-staging`). Pure.
 */
export const isDeadLetterQueue = (queue: string): boolean => /-dead(?:-[a-z][a-z0-9]*)?$/u.test(queue);
