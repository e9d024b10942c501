import { ChildProcess } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { childPrograms } from '../src/run/child-programs.ts';

const PATH = process.env['PATH'];
const programs = childPrograms({ PATH, GIVEN: 'to all' }, 50);
const sh = (script: string) => ({ program: 'sh', args: ['-c', script] });
/** Says when it is ready, and does not listen to SIGTERM. */
const STUBBORN = `trap '' TERM; echo ready; while true; do sleep 0.02; done`;

describe('a program', () => {
  it('ends with its code and what it wrote', async () => {
    expect(await programs.run(sh('echo out; echo err >&2; exit 7'))).toEqual({
      code: 7,
      signal: undefined,
      missing: false,
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  it('that is not there is missing, and nothing is signalled in its place', async () => {
    const signal = vi.spyOn(ChildProcess.prototype, 'kill');
    onTestFinished(() => signal.mockRestore());
    expect(await programs.run({ program: 'no-such-program', args: [] })).toMatchObject({
      code: undefined,
      missing: true,
    });
    expect(await programs.start({ program: 'no-such-program', args: [] }).stop()).toMatchObject({ missing: true });
    expect(signal).not.toHaveBeenCalled();
  });

  it('sees of the environment what it is given, and nothing else', async () => {
    const { stdout } = await programs.run({ program: 'env', args: [], environment: { OWN: 'x' } });
    expect(stdout.trim().split('\n').sort()).toEqual(['GIVEN=to all', 'OWN=x', `PATH=${PATH}`]);
  });

  it('reads bytes, and may leave them unread', async () => {
    const input = new TextEncoder().encode('x'.repeat(1_000_000));
    expect((await programs.run({ program: 'wc', args: ['-c'], input })).stdout.trim()).toBe('1000000');
    expect((await programs.run({ ...sh('exit 0'), input })).code).toBe(0);
  });

  it('is heard line by line, on both streams, with the last line that nobody ended', async () => {
    const lines: string[] = [];
    const errors: string[] = [];
    const end = await programs.run({
      ...sh(`printf 'a\\nb\\nc'; printf 'd\\ne' >&2`),
      onLine: line => lines.push(line),
      onErrorLine: line => errors.push(line),
    });
    expect([lines, errors, end.stdout]).toEqual([['a', 'b', 'c'], ['d', 'e'], '']);
  });

  it('may write a line without an end, of which the first megabyte is heard', async () => {
    const lengths: number[] = [];
    const hear = (line: string): void => void lengths.push(line.length);
    const long = `head -c 3000000 /dev/zero | tr '\\0' x; echo; echo next`;
    const end = await programs.run({ ...sh(`${long}; (${long}) >&2`), onLine: hear, onErrorLine: hear });
    expect(lengths.toSorted((left, right) => left - right)).toEqual([4, 4, 1024 * 1024, 1024 * 1024]);
    expect(end.stderr.endsWith('x\nnext\n')).toBe(true);
  });

  it('streams its output', async () => {
    let streamed = '';
    await programs.run({
      ...sh('printf bytes'),
      onStdout: async stdout => {
        streamed = await text(stdout);
      },
    });
    expect(streamed).toBe('bytes');
  });

  it('keeps the end of what it complains about for long', async () => {
    const { stderr } = await programs.run(sh('seq 1 50000 >&2; echo last >&2'));
    expect(stderr.length).toBeLessThanOrEqual(64 * 1024);
    expect(stderr.endsWith('50000\nlast\n')).toBe(true);
  });

  it('is ended by the signal, by force if it does not listen', async () => {
    const stop = new AbortController();
    const polite = programs.run({
      ...sh('echo ready; exec sleep 60'),
      signal: stop.signal,
      onLine: () => stop.abort(),
    });
    expect(await polite).toMatchObject({ code: undefined, signal: 'SIGTERM' });
    const force = new AbortController();
    const stubborn = programs.run({ ...sh(STUBBORN), signal: force.signal, onLine: () => force.abort() });
    expect(await stubborn).toMatchObject({ code: undefined, signal: 'SIGKILL' });
    expect(await programs.run({ ...sh('echo never'), signal: stop.signal })).toMatchObject({
      stdout: '',
      code: undefined,
    });
  });

  it('that stays is stopped when it is not needed any more', async () => {
    const mount = programs.start(sh('exec sleep 60'));
    expect(await mount.stop()).toMatchObject({ signal: 'SIGTERM' });
    expect(await mount.ended).toMatchObject({ signal: 'SIGTERM' });
  });

  it('does not outlive a caller’s mistake', async () => {
    const call = programs.run({
      ...sh(STUBBORN),
      onLine: () => {
        throw new Error('a bug');
      },
    });
    await expect(call).rejects.toThrow('a bug');
  });
});
