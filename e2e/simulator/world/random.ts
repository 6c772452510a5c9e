/** Draws that depend only on the seed and the keys, so that any part of the world can be made alone. */
export class Random {
  #state: number;

  /** The last key may be as many values as there are things: no two of them share a state. */
  constructor(seed: number, ...keys: number[]) {
    this.#state = keys.reduce((state, key) => mix(state ^ Math.imul(key, 0x9e3779b1)), mix(seed | 0));
  }

  /** A whole number from 0 to 2^32 - 1. */
  next(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    return mix(this.#state) >>> 0;
  }

  below(limit: number): number {
    return this.next() % limit;
  }

  chance(probability: number): boolean {
    return this.next() < probability * 0x1_0000_0000;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  weighted<T>(list: readonly (readonly [T, number])[]): T {
    let left = this.below(list.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [value, weight] of list) {
      if (left < weight) return value;
      left -= weight;
    }
    return this.pick(list)[0];
  }

  text(alphabet: string, length: number): string {
    const bytes = Buffer.allocUnsafe(length);
    for (let at = 0; at < length; at++) bytes[at] = alphabet.charCodeAt(this.below(alphabet.length));
    return bytes.toString('latin1');
  }
}

function mix(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x21f0aaad);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x735a2d97);
  return mixed ^ (mixed >>> 15);
}
