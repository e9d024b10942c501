import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMULATOR_PINS, type EmulatorName, SDK_CHANNEL_URL, SDK_MANIFEST_URL } from './emulator-jars.ts';
import { ensureEmulators } from './ensure-emulators.ts';
import { findEmulators } from './find-emulators.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'emulators-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const NAMES: readonly EmulatorName[] = ['firestore', 'pubsub'];
const contentOf = (name: EmulatorName): string => `pretend archive of ${name}`;

function makeSdk(root: string, names: readonly EmulatorName[] = NAMES): string {
  for (const name of names) {
    const jar = join(root, EMULATOR_PINS[name].jarPath);
    mkdirSync(dirname(jar), { recursive: true });
    writeFileSync(jar, contentOf(name));
  }
  return root;
}

const nowhere = { environment: { HOME: '/nonexistent', PATH: '' }, usualRoots: [] };

describe('finding the emulators', () => {
  it.each(['GOOGLE_CLOUD_SDK', 'CLOUDSDK_ROOT_DIR'])('takes them from the SDK that %s names', variable => {
    const root = makeSdk(join(directory, 'sdk'));
    const environment = { ...nowhere.environment, [variable]: root };
    expect(findEmulators({ ...nowhere, environment })).toEqual({
      ok: true,
      value: {
        firestore: join(root, EMULATOR_PINS.firestore.jarPath),
        pubsub: join(root, EMULATOR_PINS.pubsub.jarPath),
      },
    });
  });

  it('follows the link of gcloud on PATH to its SDK', () => {
    const root = makeSdk(join(directory, 'sdk'));
    mkdirSync(join(root, 'bin'));
    mkdirSync(join(directory, 'bin'));
    writeFileSync(join(root, 'bin/gcloud'), '');
    symlinkSync(join(root, 'bin/gcloud'), join(directory, 'bin/gcloud'));
    const environment = { ...nowhere.environment, PATH: `/nonexistent:${join(directory, 'bin')}` };
    expect(findEmulators({ ...nowhere, environment })).toMatchObject({ ok: true });
  });

  it('takes each from the first SDK that has it, in any version', () => {
    const root = makeSdk(join(directory, 'one'), ['firestore']);
    const other = join(directory, 'two/platform/pubsub-emulator/lib');
    mkdirSync(other, { recursive: true });
    writeFileSync(join(other, 'cloud-pubsub-emulator-0.9.1-all.jar'), '');
    expect(findEmulators({ ...nowhere, usualRoots: [root, join(directory, 'two')] })).toMatchObject({
      value: { pubsub: join(other, 'cloud-pubsub-emulator-0.9.1-all.jar') },
    });
  });

  it('says what is missing, where it looked and what to do', () => {
    const root = makeSdk(join(directory, 'sdk'), ['firestore']);
    const found = findEmulators({ ...nowhere, usualRoots: [root] });
    expect(found).toMatchObject({ ok: false, error: { missing: ['pubsub'] } });
    const detail = found.ok ? '' : found.error.detail;
    for (const part of [
      root,
      'gcloud components install pubsub-emulator',
      'google-cloud-cli-pubsub-emulator',
      'GOOGLE_CLOUD_SDK',
    ]) {
      expect(detail).toContain(part);
    }
  });
});

describe('making sure of the emulators', () => {
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');
  const pins = {
    firestore: { ...EMULATOR_PINS.firestore, jarSha256: digest(contentOf('firestore')) },
    pubsub: { ...EMULATOR_PINS.pubsub, jarSha256: digest(contentOf('pubsub')) },
  };

  /** Answers as Google's download server would, with archives of the given content. */
  function downloadServer(): { fetch: typeof fetch; requested: string[] } {
    const served = makeSdk(join(directory, 'served'));
    const requested: string[] = [];
    const fetcher: typeof fetch = async input => {
      const url = new Request(input).url;
      requested.push(url);
      if (url === SDK_MANIFEST_URL) {
        const components = NAMES.map(name => ({
          id: EMULATOR_PINS[name].component,
          data: { source: `components/${name}.tar.gz`, type: 'tar' },
        }));
        return Response.json({ components: [{ id: 'core' }, ...components] });
      }
      const name = NAMES.find(candidate => url === `${SDK_CHANNEL_URL}/components/${candidate}.tar.gz`);
      if (name === undefined) return new Response('not found', { status: 404 });
      return new Response(execFileSync('tar', ['-czf', '-', '-C', served, EMULATOR_PINS[name].jarPath]));
    };
    return { fetch: fetcher, requested };
  }

  const ensure = (server: { fetch: typeof fetch }, changes: object = {}) =>
    ensureEmulators({
      ...nowhere,
      directory: join(directory, 'kept'),
      fetch: server.fetch,
      announce: () => undefined,
      pins,
      ...changes,
    });

  it('asks nobody when the machine has them', async () => {
    const server = downloadServer();
    const usualRoots = [makeSdk(join(directory, 'sdk'))];
    expect(await ensure(server, { usualRoots })).toMatchObject({ ok: true });
    expect(server.requested).toEqual([]);
  });

  it('downloads what is missing, once', async () => {
    const server = downloadServer();
    const announced: string[] = [];
    const first = await ensure(server, { announce: (sentence: string) => announced.push(sentence) });
    expect(first).toMatchObject({ ok: true });
    expect(first.ok ? readFileSync(first.value.pubsub, 'utf8') : '').toBe(contentOf('pubsub'));
    expect(announced).toHaveLength(2);

    const requested = server.requested.length;
    expect(await ensure(server)).toEqual(first);
    expect(server.requested).toHaveLength(requested);
    expect(readdirSync(join(directory, 'kept'))).toEqual(['platform']);
  });

  it('keeps nothing whose checksum is not the pinned one', async () => {
    const outcome = await ensure(downloadServer(), { pins: EMULATOR_PINS });
    expect(outcome).toMatchObject({ ok: false, error: { kind: 'download_failed' } });
    expect(outcome.ok ? '' : outcome.error.detail).toContain(EMULATOR_PINS.firestore.jarSha256);
    expect(existsSync(join(directory, 'kept/platform'))).toBe(false);
  });

  it('says what to do when the network is not there', async () => {
    const outcome = await ensure({ fetch: () => Promise.reject(new TypeError('fetch failed')) });
    const detail = outcome.ok ? '' : outcome.error.detail;
    expect(detail).toContain('fetch failed');
    expect(detail).toContain('gcloud components install');
  });
});
