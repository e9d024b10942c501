/**
 * The one fact the gateway needs from a Firestore event's protobuf (`DocumentEventData`): the update time of the new
 * document. Fields by number, from google/events/cloud/firestore/v1/data.proto. Pure.
 */
const VALUE = 1; // DocumentEventData.value
const UPDATE_TIME = 4; // Document.update_time
const SECONDS = 1; // Timestamp.seconds
const NANOS = 2; // Timestamp.nanos

/** Microseconds since the epoch; `undefined` when the event carries no new document. Throws on what is no protobuf. */
export function readUpdateMicros(documentEventData: Uint8Array): bigint | undefined {
  const document = readFields(documentEventData).get(VALUE);
  if (!(document instanceof Uint8Array)) return undefined;
  const time = readFields(document).get(UPDATE_TIME);
  if (!(time instanceof Uint8Array)) return undefined;
  const fields = readFields(time);
  const seconds = fields.get(SECONDS) ?? 0n;
  const nanos = fields.get(NANOS) ?? 0n;
  if (typeof seconds !== 'bigint' || typeof nanos !== 'bigint') return undefined;
  return seconds * 1_000_000n + nanos / 1000n;
}

/** A message's fields, the last of each number: numbers as bigint, everything with a length as bytes. */
function readFields(message: Uint8Array): Map<number, bigint | Uint8Array> {
  const fields = new Map<number, bigint | Uint8Array>();
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  let position = 0;
  const readVarint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = view.getUint8(position);
      position += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (position < message.byteLength) {
    const tag = Number(readVarint());
    switch (tag & 7) {
      case 0:
        fields.set(tag >>> 3, readVarint());
        break;
      case 1:
        position += 8;
        break;
      case 2: {
        const length = Number(readVarint());
        fields.set(tag >>> 3, message.subarray(position, position + length));
        position += length;
        break;
      }
      case 5:
        position += 4;
        break;
      default:
        throw new RangeError(`protobuf wire type ${tag & 7} at byte ${position}`);
    }
  }
  return fields;
}
