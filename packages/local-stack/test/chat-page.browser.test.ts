import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type MongoStandIn, startMongo } from '../src/stand-ins/mongodb/start-mongo.ts';
import { type RunningRocketChat, startRocketChat } from '../src/stand-ins/rocketchat/start-rocketchat.ts';
import { findChromium } from '../src/testing/find-chromium.ts';

const BOT = { userId: 'botUserId00000001', username: 'innkeeper', authToken: 'bot-token' };
const FRIDA = { id: 'personUserId00001', username: 'frida', name: 'Frida Berg' };
const MARCO = { id: 'personUserId00002', username: 'marco', name: 'Marco Silva' };
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let browser: Browser;
let mongo: MongoStandIn;
let chat: RunningRocketChat;
let frida: Page;
let marco: Page;
const problems: string[] = [];

beforeAll(async () => {
  const found = findChromium(process.env);
  if (!found.ok) throw new Error(found.error);
  browser = await chromium.launch({ executablePath: found.value, args: FLAGS });
  mongo = await startMongo();
  chat = await startRocketChat({ port: 0, mongodbUri: mongo.uri, bot: BOT });
  for (const { id, username, name } of [FRIDA, MARCO]) await control('PUT', `users/${id}`, { username, name });
  const memberIds = [FRIDA.id, MARCO.id, BOT.userId];
  await control('PUT', 'rooms/GENERAL', { t: 'c', name: 'general', memberIds });
  [frida, marco] = await Promise.all([newPage('#/frida/GENERAL'), newPage('#/marco/GENERAL')]);
});
beforeEach(async () => {
  await Promise.all([goTo(frida, '#/frida/GENERAL'), goTo(marco, '#/marco/GENERAL')]);
});
afterEach(() => {
  const [problem] = problems.splice(0);
  if (problem !== undefined) throw new Error(problem);
});
afterAll(async () => {
  await browser.close();
  await chat.close();
  await mongo.close();
});

async function control(method: string, path: string, body: object): Promise<void> {
  const reply = await fetch(`${chat.url}/_control/${path}`, { method, body: JSON.stringify(body) });
  expect(reply.status).toBe(200);
}

/** What a program posts as the assistant. */
async function postAsBot(message: object): Promise<void> {
  const reply = await fetch(`${chat.url}/api/v1/chat.sendMessage`, {
    method: 'POST',
    headers: { 'x-user-id': BOT.userId, 'x-auth-token': BOT.authToken },
    body: JSON.stringify({ message }),
  });
  expect(reply.status).toBe(200);
}

async function newPage(address: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', error => problems.push(String(error)));
  page.on('dialog', dialog => problems.push(`dialog: ${dialog.message()}`));
  await page.goto(`${chat.url}/${address}`);
  return page;
}

async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate(`location.hash = '${address}'`);
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByRole('heading', { name: '#general' }).waitFor();
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel(/^Message /u).fill(text);
  await page.keyboard.press('Enter');
}

const message = (page: Page, text: string): Locator => page.getByRole('article').filter({ hasText: text });

async function choose(page: Page, text: string, action: string): Promise<void> {
  await message(page, text).hover();
  await message(page, text).getByRole('button', { name: action, exact: true }).click();
}

describe('two people in a room', () => {
  it('see what the other one writes, replies, corrects and takes back', async () => {
    await write(frida, 'The cot is in the *Garden Studio*');
    await message(marco, 'The cot is in the Garden Studio').waitFor();
    expect(await message(marco, 'The cot').locator('strong').textContent()).toBe('Garden Studio');

    await choose(marco, 'The cot', 'Reply');
    await marco.getByLabel('Reply to Frida Berg').fill('thank you');
    await marco.keyboard.press('Enter');
    await frida.getByRole('list', { name: 'Replies' }).getByText('thank you').waitFor();

    await choose(frida, 'The cot', 'Edit');
    await frida.getByLabel('Edit message').fill('The cot is nowhere');
    await frida.keyboard.press('Escape');
    await message(frida, 'Garden Studio').waitFor();
    await choose(frida, 'The cot', 'Edit');
    await frida.getByLabel('Edit message').fill('The cot is in the Sea View');
    await frida.keyboard.press('Enter');
    await message(marco, 'The cot is in the Sea View').getByText('edited').waitFor();
    expect(await message(marco, 'The cot').getByRole('button', { name: 'Edit' }).count()).toBe(0);

    await choose(marco, 'thank you', 'Delete');
    await message(marco, 'thank you').getByRole('button', { name: 'Really delete?' }).click();
    await message(frida, 'thank you').waitFor({ state: 'detached' });
  });

  it('react, and see who did', async () => {
    await write(frida, 'breakfast at eight');
    await choose(marco, 'breakfast', 'Thumbs up');
    const chip = message(frida, 'breakfast').getByRole('button', { name: 'Thumbs up by marco' });
    expect(await chip.textContent()).toContain('1');
    await chip.click();
    await message(marco, 'breakfast').getByRole('button', { name: 'Thumbs up by marco, frida', pressed: true }).click();
    await message(frida, 'breakfast').getByRole('button', { name: 'Thumbs up by frida', pressed: true }).waitFor();
  });

  it('see the assistant’s answer in the thread of the question', async () => {
    await control('POST', 'messages', {
      userId: FRIDA.id,
      roomId: 'GENERAL',
      text: '@innkeeper who is checking in today?',
      messageId: 'question',
    });
    await message(marco, 'who is checking in today?').waitFor();
    await postAsBot({ rid: 'GENERAL', tmid: 'question', msg: '*Two arrivals*\n- Ann, 15:00\n- Bo, 21:30' });
    for (const page of [frida, marco]) {
      const answer = page.getByRole('list', { name: 'Replies' }).getByRole('article');
      await answer.getByText('assistant').waitFor();
      expect(await answer.getByRole('listitem').allTextContents()).toEqual(['Ann, 15:00', 'Bo, 21:30']);
    }
  });

  it('keep what they were writing while news come in, and when it could not be sent', async () => {
    await write(frida, 'to be answered');
    await choose(marco, 'to be answered', 'Reply');
    const reply = marco.getByLabel('Reply to Frida Berg');
    await reply.fill('half a sen');
    await choose(frida, 'to be answered', 'Thumbs down');
    await message(marco, 'to be answered').getByRole('button', { name: 'Thumbs down by frida' }).waitFor();
    expect(await reply.inputValue()).toBe('half a sen');
    await reply.fill('x'.repeat(5001));
    await marco.keyboard.press('Enter');
    await marco.getByRole('alert').getByText('at most 5000').waitFor();
    expect(await reply.inputValue()).toHaveLength(5001);
  });

  it('never run what somebody wrote', async () => {
    const attack =
      '<script>alert(1)</script><img src=x onerror=alert(2)> [click](javascript:alert(3)) https://a.com/"onx=';
    await write(frida, attack);
    const shown = message(marco, '<script>alert(1)</script><img src=x onerror=alert(2)>');
    await shown.waitFor();
    expect(await marco.locator('#log').locator('script, img').count()).toBe(0);
    expect(await shown.getByRole('link').getAttribute('href')).toMatch(/^https:/u); // the only one there is
  });

  it('lose nothing when the server or its database goes away for a moment', async () => {
    await chat.close();
    await frida.getByText('Reconnecting').waitFor();
    const port = Number(new URL(chat.url).port);
    chat = await startRocketChat({ port, mongodbUri: mongo.uri, bot: BOT });
    await control('POST', 'messages', { userId: MARCO.id, roomId: 'GENERAL', text: 'while you were away' });
    await message(frida, 'while you were away').waitFor();
    await mongo.elect();
    mongo.cut();
    await write(frida, 'and back again');
    await message(marco, 'and back again').waitFor();
  });
});

it('a page that the server had to refuse for a while comes back by itself', async () => {
  const port = Number(new URL(chat.url).port);
  await chat.close();
  mongo.setFaults({ failures: [{ command: 'find', code: 13 }] });
  const refused = frida.waitForResponse(response => response.status() === 503);
  chat = await startRocketChat({ port, mongodbUri: mongo.uri, bot: BOT });
  await refused;
  mongo.setFaults({});
  await frida.getByText('Live', { exact: true }).waitFor();
  await write(frida, 'here again');
  await message(marco, 'here again').waitFor();
});

describe('rooms', () => {
  it('made private hide from everybody else at once, and open again', async () => {
    await frida.getByRole('button', { name: 'New room' }).click();
    await frida.getByLabel('Name', { exact: true }).fill('owners');
    await frida.getByRole('button', { name: 'Create' }).click();
    await frida.getByRole('heading', { name: '#owners' }).waitFor();
    await write(frida, 'the roof will be expensive');
    await message(frida, 'the roof').waitFor();
    const entry = marco.getByRole('navigation').getByRole('button', { name: 'owners' });
    expect(await entry.count()).toBe(0);

    await frida.getByRole('button', { name: 'Make public' }).click();
    await entry.click();
    await message(marco, 'the roof').waitFor();
    await frida.getByRole('button', { name: 'Make private' }).click();
    await entry.waitFor({ state: 'detached' });
    await marco.getByRole('heading', { name: '#general' }).waitFor();
    expect(await message(marco, 'the roof').count()).toBe(0);
  });

  it('let people in and put them out', async () => {
    await control('PUT', 'rooms/cleaners', { t: 'p', name: 'cleaners', memberIds: [FRIDA.id] });
    await frida.getByRole('navigation').getByRole('button', { name: 'cleaners' }).click();
    const entry = marco.getByRole('navigation').getByRole('button', { name: 'cleaners' });
    await frida.getByRole('heading', { name: 'cleaners' }).waitFor();
    await frida.getByRole('button', { name: 'People' }).click();
    await frida.getByRole('button', { name: 'Add Marco Silva' }).click();
    await entry.waitFor();
    await message(frida, 'Frida Berg added marco').waitFor();
    await frida.getByRole('button', { name: 'People' }).click();
    await frida.getByRole('button', { name: 'Remove Marco Silva' }).click();
    await entry.waitFor({ state: 'detached' });
  });
});

describe('a newcomer', () => {
  it('says who they are, is shown what to try, and writes to the assistant', async () => {
    const page = await newPage('');
    await page.getByLabel('Your name').fill('Marta Nováková');
    await page.getByRole('button', { name: 'Enter' }).click();
    await page.getByRole('heading', { name: '#general' }).waitFor();
    await page.getByRole('button', { name: 'Ask this' }).click();
    expect(await page.getByLabel('Message #general').inputValue()).toBe('@innkeeper who is checking in today?');

    await page.getByRole('navigation').getByRole('button', { name: 'innkeeper' }).click();
    await page.getByText('Direct message ·').waitFor();
    await write(page, 'hello');
    await message(page, 'hello').waitFor();
    expect(page.url()).toContain('#/marta.novakova/');
  });

  it('finds everything on a phone', async () => {
    const page = await newPage('#/frida/GENERAL', {
      viewport: { width: 360, height: 640 },
      hasTouch: true,
      isMobile: true,
    });
    await write(page, 'a-very-long-word-'.repeat(40));
    await message(page, 'a-very-long-word').getByRole('button', { name: 'Reply' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    const room = page.getByRole('navigation').getByRole('button', { name: 'general' });
    expect(await room.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Show rooms' }).click();
    await room.click();
    await room.waitFor({ state: 'hidden' });
  });
});
