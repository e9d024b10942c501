import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningChat, runChat } from '@innkeeper/local-stack/stand-ins/rocketchat/testing/running-chat';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** The whole script, with a program in Docker's place: its servers are the stand-in of Rocket.Chat. */
const SCRIPT = join(import.meta.dirname, 'prepare-services.sh');

let chat: RunningChat;
let folder: string;
beforeAll(async () => {
  chat = await runChat();
  folder = mkdtempSync(join(tmpdir(), 'services-'));
  writeFileSync(
    join(folder, 'docker'),
    `#!/usr/bin/env bash
printf '%s\\n' "$*" >>'${join(folder, 'docker.log')}'
case "$*" in
  *' up '*)
    [ -z "\${UNWELL:-}" ] || exit 1
    curl --silent --fail --request PUT "$ROCKETCHAT_URL/_control/users/administrator" --data @- <<END
{"username":"admin","roles":["admin"],"password":"$ROCKETCHAT_ADMIN_PASSWORD"}
END
    ;;
  *' logs '*) echo 'the last words of a server' ;;
esac
`,
  );
  chmodSync(join(folder, 'docker'), 0o755);
});
afterAll(async () => {
  await chat.close();
  rmSync(folder, { recursive: true });
});

const run = (words: readonly string[], changed: Readonly<Record<string, string>> = {}) =>
  new Promise<{ code: number; out: string; err: string }>(resolve => {
    const environment = { ...process.env, PATH: `${folder}:${process.env['PATH']}`, ROCKETCHAT_URL: chat.url() };
    execFile(SCRIPT, words, { env: { ...environment, GITHUB_ACTIONS: '', ...changed } }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });

test('starts empty servers and writes who they are, for its owner alone', { timeout: 60_000 }, async () => {
  const file = join(folder, 'services.env');
  const { code, out, err } = await run([file], { GITHUB_ACTIONS: 'true' });
  expect([code, err]).toEqual([0, expect.stringContaining('names three servers')]);
  const written = readFileSync(file, 'utf8');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const values = new Map(
    written
      .trim()
      .split('\n')
      .map(line => [line.split('=', 1)[0] ?? '', line.replace(/^\w+=/u, '')]),
  );
  expect([...values.keys()]).toEqual([
    'MONGODB_URI',
    'QDRANT_URL',
    'QDRANT_API_KEY',
    'QDRANT_READ_ONLY_API_KEY',
    'ROCKETCHAT_URL',
    'ROCKETCHAT_USER_ID',
    'ROCKETCHAT_AUTH_TOKEN',
    'ROCKETCHAT_ADMIN_USER_ID',
    'ROCKETCHAT_ADMIN_AUTH_TOKEN',
  ]);
  const secrets = [...values].filter(([name]) => /KEY|TOKEN/u.test(name)).map(([, value]) => value);
  expect(secrets).toHaveLength(4);
  for (const secret of secrets) expect(out.split('\n')).toContain(`::add-mask::${secret}`);

  const [down, up] = readFileSync(join(folder, 'docker.log'), 'utf8').split('\n');
  expect(down).toMatch(/^compose --project-name innkeeper-nightly .* down --volumes/u);
  expect(up).toMatch(/ up --detach --wait /u);
  expect(`${down}${up}`).not.toContain(values.get('QDRANT_API_KEY'));
  const as = { userId: values.get('ROCKETCHAT_USER_ID') ?? '', authToken: values.get('ROCKETCHAT_AUTH_TOKEN') ?? '' };
  expect((await chat.api('users.info', { query: { userId: as.userId }, as })).status).toBe(200);
});

test('says what is wrong: no file, servers that do not start', async () => {
  expect(await run([])).toMatchObject({ code: 1, err: expect.stringContaining('say the file to write') as string });
  const unwell = await run([join(folder, 'other.env')], { UNWELL: 'true' });
  expect(unwell.code).toBe(1);
  expect(unwell.err).toMatch(/last words of a server[\s\S]*did not become healthy/u);
});
