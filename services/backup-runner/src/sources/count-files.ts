import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';

export interface FileCount {
  readonly files: number;
  readonly bytes: number;
}

/** Whether a folder holds as many files and bytes. Stops as soon as it does: a mount is not read to its end twice. */
export async function holdsAtLeast(directory: string, minimum: FileCount): Promise<boolean> {
  const isReached = ({ files, bytes }: FileCount): boolean => files >= minimum.files && bytes >= minimum.bytes;
  return isReached(await countFiles(directory, isReached));
}

/** Regular files below a folder. */
export async function countFiles(
  directory: string,
  isEnough: (count: FileCount) => boolean = () => false,
): Promise<FileCount> {
  let count = { files: 0, bytes: 0 };
  const waiting = [directory];
  for (let folder = waiting.pop(); folder !== undefined && !isEnough(count); folder = waiting.pop()) {
    for await (const entry of await opendir(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) waiting.push(path);
      if (!entry.isFile()) continue;
      count = { files: count.files + 1, bytes: count.bytes + (await lstat(path)).size };
      if (isEnough(count)) break;
    }
  }
  return count;
}
