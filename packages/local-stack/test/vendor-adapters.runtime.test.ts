import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadLocalEmbeddingModel } from '../src/stand-ins/embeddings/local-embedding-model.ts';
import { startEmbeddings } from '../src/stand-ins/embeddings/start-embeddings.ts';
import { startGroq } from '../src/stand-ins/groq/start-groq.ts';
import { startMongo } from '../src/stand-ins/mongodb/start-mongo.ts';
import { startRocketChat } from '../src/stand-ins/rocketchat/start-rocketchat.ts';
import { type RunningWorkers, startWorkers } from '../src/workers-host/start-workers.ts';
import { temporaryDirectory } from './fixtures/temporary-directory.ts';

const state = temporaryDirectory();
const bot = { userId: 'bot', username: 'innkeeper', authToken: 'token' };
let closing: { close(): Promise<void> }[];
let workers: RunningWorkers;
let groqUrl: string;

beforeAll(async () => {
  const model = await loadLocalEmbeddingModel();
  const embeddings = await startEmbeddings({ port: 0, model });
  const groq = await startGroq({ port: 0 });
  const mongo = await startMongo();
  const chat = await startRocketChat({ port: 0, mongodbUri: mongo.uri, bot });
  workers = await startWorkers({
    stateDirectory: path.join(state.path, 'workers'),
    log: { info() {}, warn() {}, error() {} },
    workers: [
      {
        directory: path.join(import.meta.dirname, 'fixtures/vendor-worker'),
        variables: {
          GROQ_BASE_URL: `${groq.url}/openai/v1`,
          GROQ_API_KEY: 'key',
          EMBEDDINGS_PROVIDER: 'openai-compatible',
          EMBEDDINGS_URL: `${embeddings.url}/v1`,
          EMBEDDINGS_MODEL: model.name,
          EMBEDDINGS_DIMENSIONS: String(model.dimensions),
          ROCKETCHAT_URL: chat.url,
          ROCKETCHAT_USER_ID: bot.userId,
          ROCKETCHAT_AUTH_TOKEN: bot.authToken,
        },
      },
    ],
  });
  groqUrl = groq.url;
  closing = [workers, embeddings, groq, chat, mongo, model];
});
afterAll(async () => {
  for (const part of closing) await part.close();
  state.remove();
});

const call = async (route: string, body: string) =>
  (await fetch(`${workers.urlOf('vendor-worker')}/${route}`, { method: 'POST', body })).json();
const become = (personality: object) =>
  fetch(`${groqUrl}/_control/personality`, { method: 'POST', body: JSON.stringify(personality) });

const prompt = '<source id="1">The heating is broken.</source>\n\nQuestion: what about the heating?';

describe('the vendors’ adapters inside workerd', () => {
  it('complete with the Groq SDK', async () => {
    await become({ mode: 'honest' });
    const claims = [{ claim: 'The heating is broken.', sourceId: 1, quote: 'The heating is broken.' }];
    expect(await call('model', prompt)).toMatchObject({ ok: true, value: { value: { answerable: true, claims } } });
  });

  it.each([
    [{ mode: 'slow' }, 'timeout'],
    [{ mode: 'rate_limited' }, 'unavailable'],
    [{ mode: 'retired' }, 'misconfigured'],
    [{ mode: 'html' }, 'nonsense'],
  ])('see a model that is %o as %s', async (personality, kind) => {
    await become(personality);
    expect(await call('model', prompt)).toMatchObject({ ok: false, error: { kind } });
  });

  it('embed', async () => {
    const { value } = (await call('embed', 'late arrival')) as { value: number[][] };
    expect(value[0]).toHaveLength(512);
  });

  it('post, and post the same again without harm', async () => {
    expect(await call('say', 'hello')).toEqual({ ok: true });
    expect(await call('say', 'hello again')).toEqual({ ok: true });
  });
});
