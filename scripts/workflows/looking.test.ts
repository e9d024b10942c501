import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from './workspace.ts';

let work: Workspace;
beforeEach(() => {
  work = createWorkspace();
});
afterEach(() => work.remove());

describe('ansible-drift.sh', () => {
  beforeEach(() => {
    work.write('ansible/inventory/prod/hosts.yml', '');
    work.stub('terraform', 'echo "{}"');
    work.stub('./dev', 'true');
  });
  const look = (script: string) => {
    work.write('scripts/generate-diff.sh', `#!/usr/bin/env bash\n${script}\n`, 0o755);
    return work.run(['scripts/workflows/ansible-drift.sh', 'prod', 'drift']);
  };

  it.each([
    ['Nothing changes on the servers (check mode on prod).', 'unchanged'],
    ['1 part differs, 2 changed lines (check mode on prod).', 'changed'],
  ])('reads "%s" as %s', (markdown, status) => {
    expect(look(`[ "$6" = drift/ansible.md ] && printf '### Ansible: prod\\n\\n${markdown}\\n' >"$6"`).exitCode).toBe(
      0,
    );
    expect(work.read('drift/ansible-status').trim()).toBe(status);
  });

  it('does not take servers that cannot be reached for servers that are well', () => {
    const { exitCode, said } = look('exit 1');
    expect(exitCode).toBe(1);
    expect(said).toMatch(/Are the servers reachable/u);
    expect(work.read('drift/ansible-status').trim()).toBe('failed');
  });
});

describe('check-backups.sh', () => {
  it('keeps the evidence and hands on findings and exit code', () => {
    work.write(
      'scripts/backup-verify.sh',
      `#!/usr/bin/env bash\necho "$*" >>called; echo '{"restorable":false}'; exit 1\n`,
      0o755,
    );
    work.stub('./dev', `echo "$*" >>called; echo '[{"key":"stale","title":"prod: backups: stale","body":""}]'`);
    const ended = work.run(['scripts/workflows/check-backups.sh', 'prod', 'out', '--restore-days', '2']);
    expect(ended.exitCode).toBe(1);
    expect(ended.said).toBe('::error::prod: backups: stale\n');
    expect(JSON.parse(work.read('out/evidence.json'))).toEqual({ restorable: false });
    expect(work.read('called').trim().split('\n').slice(1)).toEqual([
      '--environment prod --json --restore-days 2',
      'workflow-findings backups --environment prod --exit-code 1 out/evidence.json',
    ]);
  });
});

describe('read-reminders.sh', () => {
  const read = (script: string) => {
    work.stub('./dev', script);
    return work.run(['scripts/workflows/read-reminders.sh', 'prod', 'drift/reminders.json']).exitCode;
  };

  it('keeps what is known, though not everything is', () => {
    expect(read(`echo '[]'; exit 1`)).toBe(0);
    expect(work.read('drift/reminders.json')).toBe('[]\n');
  });

  it.each(['exit 1', 'echo "No."'])('leaves nothing where nothing is known: %s', script => {
    expect(read(script)).toBe(1);
    expect(() => work.read('drift/reminders.json')).toThrow(/ENOENT/u);
  });
});

describe('diff-servers.sh', () => {
  it('hands the base and the environment on, and says the same in the summary', () => {
    work.stub('./dev', 'true');
    work.stub('id', 'echo 0');
    work.write('scripts/generate-diff.sh', `#!/usr/bin/env bash\necho "$*" >>called; echo same >"$6"\n`, 0o755);
    const variables = { GITHUB_STEP_SUMMARY: 'summary' };
    const ended = work.run(['scripts/workflows/diff-servers.sh', 'prod', 'abc', 'servers.md'], variables);
    expect(ended.exitCode).toBe(0);
    expect(work.read('called')).toBe('--base abc --environment prod --output servers.md\n');
    expect(work.read('summary')).toBe('same\n');
  });
});

describe('check-infrastructure.sh', () => {
  it('runs as root, with the same tools on the PATH', () => {
    work.stub('./dev', 'echo "$* as $WHO"');
    work.stub('id', 'echo "$ID"');
    work.stub('sudo', 'shift; export WHO=root; exec "$@"');
    expect(work.run(['scripts/workflows/check-infrastructure.sh'], { ID: '1000' }).said).toBe(
      'check-infrastructure as root\n',
    );
    expect(work.run(['scripts/workflows/check-infrastructure.sh'], { ID: '0', WHO: 'itself' }).said).toBe(
      'check-infrastructure as itself\n',
    );
  });
});

describe('install-tools.sh', () => {
  it('installs exact versions and puts them on the PATH of the steps that follow', () => {
    for (const name of ['go', 'python3', 'sudo']) work.stub(name, `echo "${name} $*" >>called`);
    work.write('.toolchain/ansible-run/bin/pip', '#!/usr/bin/env bash\necho "pip $*" >>called\n', 0o755);
    const variables = { GITHUB_PATH: 'path' };
    expect(work.run(['scripts/workflows/install-tools.sh', 'ansible', 'checks', 'sops'], variables).exitCode).toBe(0);
    expect(work.read('called')).toMatch(/pip install .*-r ansible\/requirements\.txt/u);
    expect(work.read('called')).toMatch(/apt-get install .*mmdebstrap/u);
    expect(work.read('called')).toMatch(/go install github\.com\/getsops\/sops\/v3\/cmd\/sops@v\d+\.\d+\.\d+\n/u);
    expect(work.read('path')).toMatch(/ansible-run\/bin\n.*go-tools\n/u);
  });

  it('knows what it knows', () => {
    expect(work.run(['scripts/workflows/install-tools.sh', 'rockets']).said).toMatch(/does not know "rockets"/u);
    expect(work.run(['scripts/workflows/install-tools.sh']).exitCode).toBe(2);
  });
});

describe('run-simulation.sh', () => {
  const simulate = (script: string) => {
    work.stub('./dev', script);
    const { exitCode } = work.run(['scripts/workflows/run-simulation.sh', 'kill-test', 'out']);
    return {
      exitCode,
      keys: (JSON.parse(work.read('out/simulation-kill-test.json')) as { key: string }[]).map(({ key }) => key),
    };
  };

  it('leaves what it found', () => {
    expect(simulate(`echo '[]' >"$4"`)).toEqual({ exitCode: 0, keys: [] });
    expect(simulate(`echo '[{"key":"simulation:kill-test"}]' >"$4"; exit 1`)).toEqual({
      exitCode: 1,
      keys: ['simulation:kill-test'],
    });
  });

  it.each(['exit 137', 'touch "$4"', `echo '[' >"$4"`, `echo '[]' >"$4"; exit 2`, 'true'])(
    'is a finding when it is cut off: %s',
    script => {
      const { exitCode, keys } = simulate(script);
      expect(exitCode).toBeGreaterThan(0);
      expect(keys).toEqual(['cut-off']);
    },
  );
});

describe('run-contracts.sh', () => {
  const compare = (prepare: string, dev: string) => {
    work.write('scripts/nightly/prepare-services.sh', `#!/usr/bin/env bash\n${prepare}\n`, 0o755);
    work.stub('./dev', dev);
    const { exitCode } = work.run(['scripts/workflows/run-contracts.sh', 'out']);
    return { exitCode, keys: (JSON.parse(work.read('out/contracts.json')) as { key: string }[]).map(({ key }) => key) };
  };
  const PREPARE = `echo 'QDRANT_URL=http://example' >"$1"`;

  it('hands the servers to the suites, and leaves what differs', () => {
    const dev = `case "$1" in
  nightly-contracts) [ "$QDRANT_URL" = http://example ] && exit 1 ;;
  nightly-divergences) echo '[{"key":"contract:a"}]' ;;
esac`;
    expect(compare(PREPARE, dev)).toEqual({ exitCode: 1, keys: ['contract:a'] });
  });

  it.each([
    ['servers that do not start', 'exit 1', 'true'],
    ['suites that do not run', PREPARE, 'exit 2'],
    ['a report that cannot be read', PREPARE, '[ "$1" = nightly-contracts ]'],
  ])('is a finding about %s', (_, prepare, dev) => {
    expect(compare(prepare, dev)).toEqual({ exitCode: 1, keys: ['services'] });
  });
});
