import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { StandInReply } from '../../stand-in-server.ts';

/** The page's own files, as they stand beside this one: `/` and `/page/…`. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const HEADERS = {
  // Nothing but the page's own files and this server; nothing written in a chat can run or load anything.
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
};

const FILES = new Set(readdirSync(import.meta.dirname).filter(name => path.extname(name) in CONTENT_TYPES));

/** `undefined` for any other path. */
export async function pageFile(pathname: string): Promise<StandInReply | undefined> {
  const name = pathname === '/' ? 'index.html' : /^\/page\/([\w.-]+)$/u.exec(pathname)?.[1];
  if (name === undefined || !FILES.has(name)) return undefined;
  const text = await readFile(path.join(import.meta.dirname, name), 'utf8');
  return { status: 200, body: text, headers: { ...HEADERS, 'content-type': CONTENT_TYPES[path.extname(name)] ?? '' } };
}
