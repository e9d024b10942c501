import type { Dice } from '../../time/dice.ts';
import { oddId } from '../odd-ids.ts';
import { newThing, numbered, type Thing } from '../thing.ts';

/** A company's telephones as Aircall keeps them. Its clock has whole seconds. */
export interface AircallAccount {
  readonly calls: Map<string, Call>;
  readonly texts: Map<string, Text>;
  readonly contacts: Map<string, Contact>;
}

export interface Call {
  readonly id: number;
  readonly thing: Thing;
  readonly direction: 'inbound' | 'outbound';
  readonly contact: Contact | undefined;
  readonly number: string;
  /** Unix seconds. */
  readonly startedAt: number;
  stage: 'created' | 'ringing' | 'answered' | 'hungup' | 'ended';
  answeredAt: number | undefined;
  endedAt: number | undefined;
  hasRecording: boolean;
  readonly tags: { readonly id: number; readonly name: string; readonly at: number }[];
  readonly comments: { readonly id: number; readonly text: string; readonly at: number }[];
  transcript: readonly Spoken[] | undefined;
  summary: string | undefined;
}

export interface Spoken {
  readonly startTime: number;
  readonly isGuest: boolean;
  readonly text: string;
}

export interface Text {
  readonly id: string;
  readonly thing: Thing;
  readonly direction: 'inbound' | 'outbound';
  readonly body: string;
  readonly sentAtMs: number;
  status: 'received' | 'sent' | 'delivered';
}

export interface Contact {
  readonly id: number;
  readonly thing: Thing;
  readonly firstName: string;
  readonly company: string;
  readonly phone: string;
  readonly createdAt: number;
  /** Unix seconds. */
  updatedAt: number;
}

export const AGENT = { id: 700_001, name: 'Frida Example' } as const;
export const companyOf = ({ company, thing }: Contact): string => numbered(company, thing.progress);

export const openTelephones = (): AircallAccount => ({ calls: new Map(), texts: new Map(), contacts: new Map() });

const FIRST_CALL_ID = 900_000_000;
const FIRST_CONTACT_ID = 80_000_000;

export function newCall(account: AircallAccount, dice: Dice, contact: Contact | undefined, nowMs: number): Call {
  const id = FIRST_CALL_ID + account.calls.size;
  const call: Call = {
    id,
    direction: dice.pick(['inbound', 'inbound', 'outbound']),
    contact,
    number: contact?.phone ?? `+4420794${String(dice.between(0, 99_999)).padStart(5, '0')}`,
    startedAt: Math.floor(nowMs / 1000),
    stage: 'created',
    answeredAt: undefined,
    endedAt: undefined,
    hasRecording: false,
    tags: [],
    comments: [],
    transcript: undefined,
    summary: undefined,
    thing: newThing('aircall', 'call', String(id), {}),
  };
  account.calls.set(String(id), call);
  return call;
}

export function newText(account: AircallAccount, dice: Dice, nowMs: number): Text {
  const odd = oddId(dice, `x${account.texts.size}`);
  const id = odd ?? `f3b0c9f2-1111-4222-8333-${account.texts.size.toString(16).padStart(12, '0')}`;
  const direction = dice.happens(500_000) ? 'inbound' : 'outbound';
  const text: Text = {
    id,
    direction,
    body: `Text ${account.texts.size}: our train is late`,
    sentAtMs: nowMs,
    status: direction === 'inbound' ? 'received' : 'sent',
    thing: newThing('aircall', 'text-message', id, {}, { isOdd: odd !== undefined }),
  };
  account.texts.set(id, text);
  return text;
}

const NAMES = ['Nora', 'Grace', 'Emil', 'Sara'] as const;

export function newContact(account: AircallAccount, dice: Dice, nowMs: number): Contact {
  const id = FIRST_CONTACT_ID + account.contacts.size;
  const seconds = Math.floor(nowMs / 1000);
  const contact: Contact = {
    id,
    firstName: dice.pick(NAMES),
    company: `Company ${account.contacts.size}`,
    phone: `+44770090${String(account.contacts.size % 10_000).padStart(4, '0')}`,
    createdAt: seconds,
    updatedAt: seconds,
    thing: newThing('aircall', 'contact', String(id), {}),
  };
  account.contacts.set(String(id), contact);
  return contact;
}
