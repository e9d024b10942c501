import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLine } from './json-lines.ts';

describe('a line of restic', () => {
  it.each([
    [
      '{"message_type":"status","percent_done":0.15,"total_files":1,"total_bytes":20000000,"bytes_done":3140427}',
      { kind: 'status', bytesDone: 3_140_427, bytesTotal: 20_000_000 },
    ],
    [
      '{"message_type":"status","seconds_remaining":138381921068,"bytes_done":7,"current_files":["/x"]}',
      { kind: 'status', bytesDone: 7, bytesTotal: 0 },
    ],
    [
      '{"message_type":"status","percent_done":1,"total_bytes":30,"bytes_restored":30}',
      { kind: 'status', bytesDone: 30, bytesTotal: 30 },
    ],
    [
      '{"message_type":"error","error":{"message":"open /x: permission denied"},"during":"archival","item":"/x"}',
      { kind: 'error', text: 'open /x: permission denied' },
    ],
    ['{"message_type":"error","message":"pack: does not exist\\n"}', { kind: 'error', text: 'pack: does not exist\n' }],
    [
      '{"message_type":"exit_error","code":12,"message":"Fatal: wrong password"}',
      { kind: 'exit_error', text: 'Fatal: wrong password' },
    ],
    ['{"message_type":"verbose_status","action":"new"}', { kind: 'ignored' }],
    ['{"message_type":"something_of_next_year"}', { kind: 'ignored' }],
    ['', { kind: 'ignored' }],
    ['removed data/f3dc78be', { kind: 'plain', text: 'removed data/f3dc78be' }],
    ['{"message_type":"status","bytes_done":-1}', { kind: 'broken' }],
    ['{"message_type":"exit_error"}', { kind: 'broken' }],
    ['{"message_type":"summary","files_new":3,"fil', { kind: 'broken' }],
    ['{}', { kind: 'broken' }],
  ])('%s', (line, parsed) => {
    expect(parseLine(line)).toEqual(parsed);
  });

  it('is always something, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map(json => `{"message_type":${json}`),
        ),
        line => {
          expect(typeof parseLine(line).kind).toBe('string');
        },
      ),
    );
  });

  it('cut off anywhere is broken or nothing, never half a message', () => {
    const whole = '{"message_type":"exit_error","code":1,"message":"Fatal: x"}';
    for (let length = 1; length < whole.length; length += 1) {
      expect(parseLine(whole.slice(0, length))).toEqual({ kind: 'broken' });
    }
  });
});
