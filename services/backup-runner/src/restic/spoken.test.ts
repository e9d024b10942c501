import { describe, expect, it } from 'vitest';
import { listenToRestic } from './spoken.ts';

describe('what restic says on standard error', () => {
  it('is kept in plain words, its errors counted', () => {
    const spoken = listenToRestic();
    spoken.hear('Save(<data/186d2e4697>) failed: unexpected HTTP response (507): 507 Insufficient Storage');
    spoken.hear('{"message_type":"error","message":"Remove(\\u003clock/143d\\u003e) failed"}');
    spoken.hear('{"message_type":"error","message":"Load(\\u003cdata/143d\\u003e) failed"}');
    spoken.hear('Stat(<config/>) returned error, retrying after 1.2s: unexpected HTTP response (503)');
    spoken.hear('{"message_type":"exit_error","code":1,"message":"Fatal: unable to save"}');
    spoken.hear('{"message_type":"exit_err');
    expect(spoken.words().split('\n')).toEqual([
      'Save(<data/186d2e4697>) failed: unexpected HTTP response (507): 507 Insufficient Storage',
      'Load(<data/143d>) failed',
      'Fatal: unable to save',
    ]);
    expect(spoken.lastWords()).toBe('Fatal: unable to save');
    expect(spoken.errors()).toBe(1);
  });

  it('does not grow with ten thousand files that cannot be read', () => {
    const spoken = listenToRestic();
    for (let file = 0; file < 10_000; file += 1) spoken.hear(`{"message_type":"error","message":"open ${file}"}`);
    expect(spoken.errors()).toBe(10_000);
    expect(spoken.words().split('\n')).toHaveLength(200);
    expect(spoken.words()).toContain('open 9999');
  });
});
