import { v5 } from 'uuid';

/** Fixed for ever: another namespace would leave every stored point behind as an orphan. */
const POINT_NAMESPACE = '6f1c2f0e-5b0b-5d0f-9a49-2d6f4d1f3c57';

/**
 * Id of a chunk's point: the same document and chunk always give the same UUIDv5, so repeating a write replaces.
 * Qdrant takes UUIDs and unsigned integers only; the document's own key stays in the payload.
 */
export const pointId = (docKey: string, chunk: number): string => v5(`${docKey}#${chunk}`, POINT_NAMESPACE);
