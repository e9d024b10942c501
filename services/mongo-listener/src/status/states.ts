/** The states of the listener, in the words of its runbook. */
export const STATES = [
  'starting',
  'waiting',
  'snapshot',
  'streaming',
  'resuming',
  'healing',
  'stopping',
  'stopped',
] as const;
export type State = (typeof STATES)[number];
