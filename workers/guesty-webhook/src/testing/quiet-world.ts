import { guestyWorld, NOT_FOUND } from './guesty-world.ts';

/** A world whose vendor knows nothing, for what is understood without asking it: any call would be seen. */
export const quiet = () => guestyWorld(() => NOT_FOUND);
type World = ReturnType<typeof quiet>;

export const marksOf = (at: World) => at.dirtySet.entries().map(({ subject, id }) => [subject, id]);
export const storedEvent = (at: World, id: string) => at.store.documents.get(`events/${id}`)?.fields;
export const parked = (at: World, id: string) => at.store.documents.get(`parked/guesty-${id}`)?.fields;
