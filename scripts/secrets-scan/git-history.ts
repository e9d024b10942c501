import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

/** Git as the scan needs it. Every text that any commit of any branch ever held is an object; each is read once. */
export interface HistoryObject {
  readonly id: string;
  /** Where a file stood when it was seen first; of a commit its short id. */
  readonly path: string;
  readonly text: string;
}

const OUTPUT_BYTES_MAX = 1024 * 1024 * 1024;

export async function git(root: string, ...words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', words, { cwd: root, maxBuffer: OUTPUT_BYTES_MAX });
  return stdout;
}

/** What `git` answers, or `undefined` where it refuses. */
export const tryGit = (root: string, ...words: readonly string[]): Promise<string | undefined> =>
  git(root, ...words).catch(() => undefined);

/** Commits that branches, tags and stashes point to, and the one that is checked out. */
export async function readHeads(root: string): Promise<readonly string[]> {
  const refs = await git(root, 'for-each-ref', '--format=%(objectname)');
  const checkedOut = (await tryGit(root, 'rev-parse', '--verify', '--quiet', 'HEAD')) ?? '';
  return [...new Set(lines(refs + checkedOut))].toSorted();
}

/** Texts of all commits that `known` does not reach; files with a NUL byte are none. */
export async function* readHistory(root: string, known: readonly string[]): AsyncGenerator<HistoryObject> {
  const heads = await readHeads(root);
  if (heads.length === 0) return;
  const listed = await git(root, 'rev-list', '--objects', ...heads, '--not', ...known);
  const paths = new Map(
    lines(listed).map(line => {
      const [id = '', ...path] = line.split(' ');
      return [id, path.join(' ')] as const;
    }),
  );
  for await (const { id, type, bytes } of readObjects(root, [...paths.keys()])) {
    if ((type !== 'blob' && type !== 'commit') || isBinary(bytes)) continue;
    const path = type === 'commit' ? `commit ${id.slice(0, 12)}` : (paths.get(id) ?? '');
    yield { id, path, text: bytes.toString('utf8') };
  }
}

interface RawObject {
  readonly id: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** One `git cat-file --batch` for all of them: `ID TYPE SIZE`, a line break, the bytes, a line break. */
async function* readObjects(root: string, ids: readonly string[]): AsyncGenerator<RawObject> {
  if (ids.length === 0) return;
  const child = spawn('git', ['cat-file', '--batch'], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(`${ids.join('\n')}\n`);
  let pending = Buffer.alloc(0);
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    pending = Buffer.concat([pending, chunk]);
    for (;;) {
      const headEnd = pending.indexOf('\n');
      if (headEnd === -1) break;
      const [id = '', type = '', size] = pending.subarray(0, headEnd).toString('latin1').split(' ');
      if (size === undefined) throw new Error(`git has lost the object ${id}`);
      const end = headEnd + 1 + Number(size);
      if (pending.length <= end) break;
      yield { id, type, bytes: pending.subarray(headEnd + 1, end) };
      pending = pending.subarray(end + 1);
    }
  }
  if (pending.length > 0) throw new Error('git cat-file ended in the middle of an object');
}

const HEAD_OF_FILE = 8000; // where git itself looks

export const isBinary = (bytes: Buffer): boolean => bytes.subarray(0, HEAD_OF_FILE).includes(0);

export const lines = (text: string): string[] => text.split('\n').filter(line => line !== '');
