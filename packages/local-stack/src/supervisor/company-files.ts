import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** What lies on the company's file store: the uploads of its team chat. The same files in every stack. */
export const FILER_PATH = '/buckets/rocketchat-uploads';
export const FILER_SENTINEL = 'rocketchat/.sentinel';

/** Six megabytes in all, backed up in a second. */
const FILES = 240;
const BYTES_MAX = 48 * 1024;
const SEED = 7;

export function layOutFiles(filerDirectory: string): void {
  const root = join(filerDirectory, FILER_PATH);
  if (existsSync(join(root, FILER_SENTINEL))) return;
  const random = xoroshiro128plus(SEED);
  const write = (path: string, bytes: Uint8Array): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true, mode: 0o700 });
    writeFileSync(join(root, path), bytes);
  };
  for (let index = 0; index < FILES; index += 1) {
    const words = new Int32Array(Math.abs(random.next()) % (BYTES_MAX / 4)).map(() => random.next());
    const room = `room-${index % 12}`;
    write(`rocketchat/${room}/photo-${String(index).padStart(4, '0')}.jpg`, new Uint8Array(words.buffer));
  }
  write(FILER_SENTINEL, new TextEncoder().encode('this file is always there\n'));
}
