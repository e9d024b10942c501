import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askQdrant } from './ask-qdrant.ts';
import { startQdrant } from './start-qdrant.ts';

let stateDirectory: string;
let children: ChildProcess[];
beforeEach(() => {
  stateDirectory = mkdtempSync(join(tmpdir(), 'qdrant-'));
  children = [];
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(stateDirectory, { recursive: true, force: true });
});

/** The real process; resolves with its address once it says so. */
async function startProcess(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [new URL('main.ts', import.meta.url).pathname], {
    env: { PORT: '0', STATE_DIRECTORY: stateDirectory, NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, url: (JSON.parse(line) as { url: string }).url };
}

async function send(url: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const { status, answer } = await askQdrant(url, method, path, body);
  if (status !== 200) throw new Error(JSON.stringify(answer));
  return (answer as { result: unknown }).result;
}

const bm25 = (text: string) => ({ text, model: 'qdrant/bm25', options: { language: 'none' } });

describe('the process', () => {
  it('keeps everything it acknowledged when it is killed', async () => {
    const { child, url } = await startProcess();
    await send(url, 'PUT', '/collections/c', {
      vectors: { dense: { size: 2, distance: 'Cosine' } },
      sparse_vectors: { bm25: { modifier: 'idf' } },
    });
    await send(url, 'PUT', '/collections/c/index?wait=true', { field_name: 'kind', field_schema: 'keyword' });
    await send(url, 'POST', '/collections/aliases', {
      actions: [{ create_alias: { collection_name: 'c', alias_name: 'current' } }],
    });
    const points = [1, 2, 3].map(id => ({
      id,
      vector: { dense: [id, 1], bm25: bm25(`word${id}`) },
      payload: { kind: 'call', at: id },
    }));
    await send(url, 'PUT', '/collections/c/points?wait=true', { points });
    await send(url, 'POST', '/collections/c/points/delete?wait=true', { points: [2] });
    await send(url, 'POST', '/collections/c/points/payload?wait=true', { payload: { kind: 'task' }, points: [3] });
    const everything = { with_payload: true, with_vector: true };
    const before = await send(url, 'POST', '/collections/current/points/scroll', everything);

    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;

    const restarted = await startQdrant({ port: 0, stateDirectory });
    expect(await send(restarted.url, 'POST', '/collections/current/points/scroll', everything)).toEqual(before);
    expect(await send(restarted.url, 'POST', '/collections/c/facet', { key: 'kind' })).toEqual({
      hits: [
        { value: 'call', count: 1 },
        { value: 'task', count: 1 },
      ],
    });
    const found = await send(restarted.url, 'POST', '/collections/c/points/query', {
      query: bm25('word3'),
      using: 'bm25',
    });
    expect(found).toMatchObject({ points: [{ id: 3 }] });
    await restarted.close();
  });

  it('ends at once when it is asked to', async () => {
    const { child } = await startProcess();
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await gone).toEqual([0, null]);
  });
});
