import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file so that a reader sees the old text or the new one, never half of it. Readable by its owner only. */
export function writeWhole(path: string, text: string): void {
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, path);
}
