import { describe, expect, it } from 'vitest';
import { createRunEnding, describeBug } from './run-ending.ts';

describe('the end of a run from outside', () => {
  it('has the reason that came first', () => {
    const ending = createRunEnding();
    expect(ending.reason()).toBeUndefined();
    ending.end({ reason: 'deadline_reached', detail: 'first' });
    ending.end({ reason: 'stopped', detail: 'second' });
    expect(ending.signal.aborted).toBe(true);
    expect(ending.reason()).toEqual({ reason: 'deadline_reached', detail: 'first' });
  });
});

describe('what was thrown', () => {
  it('is told by kind and place, never by message', () => {
    const bug = describeBug(new TypeError('cannot read mongodb://user:password@host of /srv/private name'));
    expect(bug.reason).toBe('runner_bug');
    expect(bug.detail).toMatch(/^TypeError at run-ending\.test\.ts:\d+:\d+\.$/u);
    expect(describeBug('password')).toEqual({ reason: 'runner_bug', detail: 'string.' });
  });

  it('is no bug when the disk is full', () => {
    const error = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    expect(describeBug(error)).toMatchObject({ reason: 'disk_full' });
  });
});
