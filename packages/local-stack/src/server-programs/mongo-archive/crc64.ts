/**
 * CRC-64 with ECMA-182's polynomial, reflected, as the MongoDB tools put it behind each collection of an archive. Two
 * halves of 32 bits, because numbers are much faster than bigints. Pure.
 */
const POLYNOMIAL = 0xc96c5795d7870f42n;

const [HIGH, LOW] = makeTables();

export class Crc64 {
  #high = ~0;
  #low = ~0;

  update(bytes: Uint8Array): void {
    let [high, low] = [this.#high, this.#low];
    for (const byte of bytes) {
      const index = (low ^ byte) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ (LOW[index] ?? 0);
      high = (high >>> 8) ^ (HIGH[index] ?? 0);
    }
    [this.#high, this.#low] = [high, low];
  }

  /** As a signed number, because BSON has no other. */
  digest(): bigint {
    const value = (BigInt(~this.#high >>> 0) << 32n) | BigInt(~this.#low >>> 0);
    return BigInt.asIntN(64, value);
  }
}

function makeTables(): [Int32Array, Int32Array] {
  const high = new Int32Array(256);
  const low = new Int32Array(256);
  for (let index = 0; index < 256; index++) {
    let value = BigInt(index);
    for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ POLYNOMIAL : value >> 1n;
    high[index] = Number(BigInt.asIntN(32, value >> 32n));
    low[index] = Number(BigInt.asIntN(32, value));
  }
  return [high, low];
}
