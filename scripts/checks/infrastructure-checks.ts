import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Check } from './check.ts';
import { findWorkflowProblems } from './workflows.ts';

/** Takes a line that a program of ours prints while it looks at one thing after the other. */
export type TellLine = (line: string) => void;

/** What can be said about infrastructure in seconds: part of the suite. */
export function quickInfrastructureChecks(root: string, tell?: TellLine): readonly Check[] {
  return [
    { name: 'Terraform', run: () => runProgram(root, 'packages/terraform-check/src/main.ts', tell) },
    { name: 'workflows', run: () => findWorkflowProblems(root) },
  ];
}

/** Invents servers, which takes root, mounts and more than a minute: a command of its own. */
export function ansibleCheck(root: string, tell?: TellLine): Check {
  return { name: 'Ansible', run: () => runProgram(root, 'packages/ansible-check/src/main.ts', tell) };
}

/** What it tells passes as it comes; what its own programs say besides is kept for the case that it finds something. */
function runProgram(root: string, program: string, tell?: TellLine): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, program)], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const kept: string[] = [];
    const keep = (line: string): void => void kept.push(line);
    createInterface({ input: child.stdout }).on('line', tell ?? keep);
    createInterface({ input: child.stderr }).on('line', keep);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve(code === 0 ? [] : [...kept, `${program} ended with ${code ?? signal}`]);
    });
  });
}
