import type { Dice } from '../../time/dice.ts';
import type { VirtualTime } from '../../time/virtual-time.ts';
import type { Draft, Thing } from '../thing.ts';
import {
  AGENT,
  type AircallAccount,
  type Call,
  type Contact,
  companyOf,
  newCall,
  newContact,
  newText,
  type Text,
} from './aircall-account.ts';
import { callObject, contactObject, insightNotice, textObject } from './aircall-payloads.ts';

/** What happens on the telephone: a call is a chain of events over minutes. */
export interface AircallChanges {
  /** Begins something; what follows from it is told in its time. */
  change(): void;
}

export function aircallChanges(
  account: AircallAccount,
  dice: Dice,
  time: VirtualTime,
  tell: (draft: Draft) => void,
): AircallChanges {
  const seconds = (): number => Math.floor(time.now() / 1000);
  const later = (lowMs: number, highMs: number, happen: () => void): void =>
    time.at(time.now() + dice.between(lowMs, highMs), happen);

  const envelope = (event: string, data: Draft['payload'], thing: Thing): void =>
    tell({
      source: 'aircall',
      event,
      payload: { resource: event.split('.')[0] ?? '', event, timestamp: seconds(), data },
      about: { thing, progress: thing.progress },
    });

  const tellCall = (event: string, call: Call): void => {
    call.thing.progress = 1 + STAGES.indexOf(call.stage) + call.tags.length + call.comments.length;
    call.thing.facts = factsOfCall(call);
    envelope(event, callObject(call, 'event'), call.thing);
  };

  const tellContact = (event: string, contact: Contact): void => {
    contact.thing.facts = { contactId: String(contact.id), firstName: contact.firstName, company: companyOf(contact) };
    envelope(event, contactObject(contact), contact.thing);
  };

  const tellText = (event: string, text: Text): void => {
    text.thing.progress = text.status === 'delivered' ? 2 : 1;
    text.thing.facts = {
      messageId: text.thing.id,
      direction: text.direction,
      text: text.body,
      deliveryStatus: text.status,
      sentAt: new Date(text.sentAtMs).toISOString(),
    };
    envelope(event, textObject(text), text.thing);
  };

  const annotate = (call: Call): void => {
    const isTag = dice.happens(500_000);
    const id = (call.id - 900_000_000) * 10 + call.tags.length + call.comments.length;
    if (isTag) call.tags.push({ id, name: `Tag ${id}`, at: seconds() });
    else call.comments.push({ id, text: `Comment ${id}: asks for a late check-in`, at: seconds() });
    tellCall(isTag ? 'call.tagged' : 'call.commented', call);
    if (dice.happens(400_000) && call.tags.length + call.comments.length < ANNOTATIONS_MAX) {
      later(200, 20_000, () => annotate(call));
    }
  };

  const understand = (call: Call): void => {
    call.transcript = [
      { startTime: 0.5, isGuest: false, text: 'Good morning, this is the front desk.' },
      { startTime: 4, isGuest: true, text: `Hello, it is about call ${call.id}.` },
    ];
    call.thing.facts = factsOfCall(call);
    envelope('transcription.created', insightNotice(call, call.id), call.thing);
    later(1_000, 30_000, () => {
      call.summary = `Guest of call ${call.id} asks for the check-in time.`;
      call.thing.facts = factsOfCall(call);
      envelope('summary.created', insightNotice(call, call.id + 1), call.thing);
    });
  };

  const end = (call: Call): void => {
    call.stage = 'ended';
    tellCall('call.ended', call);
    if (dice.happens(250_000)) later(500, 60_000, () => annotate(call));
    if (call.answeredAt === undefined) return;
    later(5_000, 20_000, () => {
      call.hasRecording = true;
      tellCall('call.comm_assets_generated', call);
    });
    if (dice.happens(150_000)) later(30_000, 120_000, () => understand(call));
  };

  const hangUp = (call: Call): void => {
    call.stage = 'hungup';
    call.endedAt = seconds();
    tellCall('call.hungup', call);
    later(20_000, 35_000, () => end(call));
  };

  const answer = (call: Call): void => {
    call.stage = 'answered';
    call.answeredAt = seconds();
    tellCall('call.answered', call);
    later(5_000, 240_000, () => hangUp(call));
  };

  const ring = (call: Call): void => {
    call.stage = 'ringing';
    tellCall('call.ringing_on_agent', call);
    if (dice.happens(700_000)) later(1_000, 20_000, () => answer(call));
    else later(10_000, 30_000, () => hangUp(call));
  };

  const pickContact = (): Contact | undefined => {
    const contact = account.contacts.get(String(80_000_000 + dice.between(0, Math.max(0, account.contacts.size - 1))));
    return contact?.thing.deleted ? undefined : contact;
  };

  const changeContact = (): void => {
    const contact = pickContact();
    // Two changes within one of the vendor's seconds have no order.
    if (contact === undefined || dice.happens(400_000))
      return tellContact('contact.created', newContact(account, dice, time.now()));
    if (seconds() <= contact.updatedAt + 1) return;
    contact.thing.progress += 1;
    contact.updatedAt = seconds();
    contact.thing.deleted = dice.happens(50_000);
    tellContact(contact.thing.deleted ? 'contact.deleted' : 'contact.updated', contact);
  };

  const write = (): void => {
    const text = newText(account, dice, time.now());
    if (text.direction === 'inbound') return tellText('message.received', text);
    tellText('message.sent', text);
    later(500, 30_000, () => {
      text.status = 'delivered';
      tellText('message.status_updated', text);
    });
  };

  return {
    change: () => {
      const what = dice.between(1, 100);
      if (what <= 18) {
        const call = newCall(account, dice, dice.happens(600_000) ? pickContact() : undefined, time.now());
        tellCall('call.created', call);
        later(300, 3_000, () => ring(call));
      } else if (what <= 85) write();
      else changeContact();
    },
  };
}

const STAGES = ['created', 'ringing', 'answered', 'hungup', 'ended'];
const ANNOTATIONS_MAX = 5;

const instantOf = (seconds: number | undefined): string | undefined =>
  seconds === undefined ? undefined : new Date(seconds * 1000).toISOString();

const factsOfCall = (call: Call): Thing['facts'] => ({
  callId: String(call.id),
  direction: call.direction,
  stage: call.stage,
  startedAt: instantOf(call.startedAt),
  answeredAt: instantOf(call.answeredAt),
  endedAt: instantOf(call.endedAt),
  durationSeconds: call.endedAt === undefined ? undefined : call.endedAt - call.startedAt,
  agent: call.answeredAt === undefined ? undefined : AGENT.name,
  hasRecording: call.hasRecording,
  tags: call.tags.map(({ id, name }) => ({ id: String(id), name })),
  comments: call.comments.map(({ id, text, at }) => ({ id: String(id), text, by: AGENT.name, at: instantOf(at) })),
  summary: call.summary,
  transcript: call.transcript?.map(({ startTime, isGuest, text }) => ({
    by: isGuest ? 'guest' : 'team',
    atSeconds: startTime,
    text,
  })),
});
