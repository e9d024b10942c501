import { rank } from '@innkeeper/shared/ingest/record-change';
import type { StoredDocument } from '@innkeeper/shared/ports/document-store';
import type { OnDocument } from '../platform/document-store.ts';
import { carrierOf, progressOf } from '../vendors/thing.ts';
import type { Chronicle } from './chronicle.ts';
import type { Flaw } from './flaw.ts';
import type { Ledger } from './ledger.ts';

/**
 * Sees every write as it happens. An effect is a write after which a record says something else (facts or tombstone;
 * stamps and provenance are nobody's business). Every change at a vendor carries a number that no other has, so a record
 * that says again what it said once and had left, or whose number falls, was changed by the same word twice or by an
 * older one: effects and distinct states must be equally many.
 *
 * What an event says that is lean or has no date stands for the moment until the read that it asked for: nothing orders
 * such words, so they are counted apart, and the rule begins with the first state that was read or dated.
 */
export interface RecordWatch {
  readonly onDocument: OnDocument;
  readonly effects: number;
  readonly states: number;
  /** Writes of what no read and no date stands behind. */
  readonly provisional: number;
  readonly flaws: readonly Flaw[];
}

interface Life {
  readonly states: Set<number>;
  progress: number;
}

export function watchRecords(
  ledger: () => Ledger,
  chronicle: Chronicle,
  onProgress: (key: string, progress: number) => void,
): RecordWatch {
  const lives = new Map<string, Life>();
  const flaws: Flaw[] = [];
  let effects = 0;
  let states = 0;
  let provisional = 0;

  const flaw = (promised: Flaw['promised'], about: string, text: string): void => {
    flaws.push({ promised, about, text });
    chronicle.note(about, `FLAW ${text}`);
  };

  const onRecord = (key: string, before: StoredDocument | undefined, after: StoredDocument | undefined): void => {
    if (after === undefined) return flaw('lost', key, `${key} was removed`);
    const said = faceOf(before);
    const says = faceOf(after);
    const progress = progressIn(after);
    chronicle.note(
      key,
      `store: state ${progress ?? '?'} written, ${viaOf(after)}${said === says ? ', the same facts' : ''}`,
    );
    if (said === says) return;
    for (const list of doubledItems(after)) flaw('doubled', key, `${key} has an item twice in ${list}`);
    if (progress !== undefined) onProgress(key, progress);
    if (isProvisional(after)) {
      provisional += 1;
      return;
    }
    const life = lives.get(key) ?? { states: new Set<number>(), progress: 0 };
    lives.set(key, life);
    effects += 1;
    const face = hashOf(says);
    if (life.states.has(face)) flaw('doubled', key, `${key} says again what it had said before`);
    else states += 1;
    life.states.add(face);
    if (progress === undefined) return;
    if (progress < life.progress) flaw('outdated', key, `${key} went from state ${life.progress} back to ${progress}`);
    life.progress = Math.max(life.progress, progress);
  };

  return {
    onDocument: (path, before, after) => {
      if (path.startsWith('records/')) return onRecord(path.slice('records/'.length), before, after);
      const [collection, id = ''] = path.split('/');
      const thing = collection === 'events' ? ledger().ofEvent(id)?.draft.about?.thing : undefined;
      const outcome = after?.fields['outcome'];
      const word = typeof outcome === 'string' ? outcome : after === undefined ? 'removed' : 'written';
      chronicle.note(thing?.key, `store: ${collection}/${id} ${word}`);
    },
    get effects() {
      return effects;
    },
    get states() {
      return states;
    },
    get provisional() {
      return provisional;
    },
    flaws,
  };
}

const faceOf = (document: StoredDocument | undefined): string =>
  document === undefined ? '' : JSON.stringify([document.fields['deleted'], document.fields['facts']]);

type Facts = Readonly<Record<string, unknown>>;
const factsOf = ({ fields }: StoredDocument): Facts => fields['facts'] as Facts; // the schema of a record says so

const progressIn = (document: StoredDocument): number | undefined => progressOf(kindOf(document), factsOf(document));

function viaOf({ fields }: StoredDocument): string {
  const { via, event, eventId } = fields['provenance'] as Facts; // the schema of a record says so
  return `by ${String(via)} of ${String(event)} ${String(eventId)}`;
}

/** Whether the fact that carries the number is hearsay: stamps begin with the rank of their word. */
const kindOf = ({ fields }: StoredDocument): string => fields['kind'] as string; // the schema of a record says so

function isProvisional(document: StoredDocument): boolean {
  const carrier = carrierOf(kindOf(document));
  const stamps = document.fields['stamps'] as Readonly<Record<string, string>> | undefined; // the schema of a record says so
  return carrier !== undefined && stamps?.[carrier]?.startsWith(`${rank.hearsay}:`) === true;
}

function doubledItems(document: StoredDocument): readonly string[] {
  return Object.entries(factsOf(document)).flatMap(([name, list]) => {
    if (!Array.isArray(list)) return [];
    const ids = list.flatMap((item: unknown) =>
      typeof item === 'object' && item !== null && 'id' in item ? [String(item.id)] : [],
    );
    return new Set(ids).size < ids.length ? [name] : [];
  });
}

/** 53 bits of a text: of the millions of states of a run, two share one with a chance of one in thousands. */
function hashOf(text: string): number {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & low) + (high >>> 0);
}
