import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findChromium } from './find-chromium.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'chromium-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function program(name: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
}

it('prefers the browser that is named', () => {
  program('chromium');
  const named = program('my-own');
  expect(findChromium({ CHROMIUM_PATH: named, PATH: folder })).toEqual({ ok: true, value: named });
});

it('finds the machine’s own', () => {
  const own = program('chromium-browser');
  expect(findChromium({ PATH: `/nowhere${path.delimiter}${folder}` })).toEqual({ ok: true, value: own });
});

it('says what to do where there is none, and does not take another for one that was named', () => {
  expect(findChromium({ PATH: folder })).toMatchObject({ error: expect.stringContaining('apt-get install') as string });
  program('chromium');
  expect(findChromium({ CHROMIUM_PATH: '/nowhere', PATH: folder })).toMatchObject({ ok: false });
});
