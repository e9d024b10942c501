import { decode, ExtensionCodec, encode } from '@msgpack/msgpack';
import { Unknown, type Value } from './value.ts';

/**
 * MessagePack as Terraform writes values: an unknown is extension 0, or 12 where something is known about it all the
 * same. What it says about such a value is not kept. Pure.
 */
const UNKNOWN = 0;
const UNKNOWN_REFINED = 12;

const extensions = new ExtensionCodec();
extensions.register({
  type: UNKNOWN,
  encode: value => (value instanceof Unknown ? new Uint8Array([0]) : null),
  decode: () => Unknown.value,
});
extensions.register({ type: UNKNOWN_REFINED, encode: () => null, decode: () => Unknown.value });

/** Throws where the bytes are no MessagePack: Terraform never sends such. */
export const decodeValue = (bytes: Uint8Array): Value => decode(bytes, { extensionCodec: extensions }) as Value;

export const encodeValue = (value: Value): Uint8Array => encode(value, { extensionCodec: extensions });
