import { describe, expect, it } from 'vitest';
import { readUserData } from './read-user-data.ts';

const problemOf = (text: string): string | undefined => {
  const read = readUserData(text);
  return read.ok ? undefined : read.problem;
};

describe('user_data', () => {
  it('is read into files and commands', () => {
    const text = `#cloud-config
write_files:
  - path: /run/a/run.json
    permissions: "0600"
    content: |
      {"v":1}
  - path: /etc/b
runcmd:
  - [systemctl, start, b.service]
  - echo "$HOME"
ssh_pwauth: false
`;
    expect(readUserData(text)).toEqual({
      ok: true,
      files: [
        { path: '/run/a/run.json', content: '{"v":1}\n', mode: 0o600 },
        { path: '/etc/b', content: '', mode: 0o644 },
      ],
      commands: [
        ['systemctl', 'start', 'b.service'],
        ['sh', '-c', 'echo "$HOME"'],
      ],
    });
  });

  it('may say nothing', () => {
    expect(readUserData('#cloud-config\n{}\n')).toEqual({ ok: true, files: [], commands: [] });
  });

  it.each([
    ['no mark in the first line', 'write_files: []\n', '#cloud-config'],
    ['YAML that is none', '#cloud-config\na: [1\n', 'must be object'],
    ['a list', '#cloud-config\n- a\n', 'must be object'],
    ['a module that is not used here', '#cloud-config\nphone_home: {url: x}\n', 'additional properties'],
    ['a file without a path', '#cloud-config\nwrite_files: [{content: a}]\n', "'path'"],
    ['a relative path', '#cloud-config\nwrite_files: [{path: etc/a}]\n', 'write_files'],
    ['a mode that is no text', '#cloud-config\nwrite_files: [{path: /a, permissions: 0600}]\n', 'must be string'],
    ['a command of numbers', '#cloud-config\nruncmd: [[sleep, 1]]\n', '/runcmd/0'],
    ['a compressed file', '#cloud-config\nwrite_files: [{path: /a, encoding: gzip}]\n', 'encoding'],
  ])('with %s is refused', (_, text, problem) => {
    expect(problemOf(text)).toContain(problem);
  });
});
