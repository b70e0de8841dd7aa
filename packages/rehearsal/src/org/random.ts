/** A seeded source of numbers: the same seed gives the same org on every machine. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number in [0, below). */
  integer(below: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** One of the values; throws RangeError on an empty list. */
  pick<T>(values: readonly T[]): T;
}

/**
 * Makes a Random from a number. The generator is sfc32, seeded through splitmix32: small, fast and
 * without visible patterns at the sizes used here. Not for secrets.
 */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function splitMix(): number {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  }
  let a = splitMix();
  let b = splitMix();
  let c = splitMix();
  let d = splitMix();

  function next(): number {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return (t >>> 0) / 4294967296;
  }

  function integer(below: number): number {
    return Math.floor(next() * below);
  }

  function pick<T>(values: readonly T[]): T {
    const value = values[integer(values.length)];
    if (value === undefined) throw new RangeError('pick() needs a list with values in it');
    return value;
  }

  return { next, integer, chance: (probability) => next() < probability, pick };
}

/** Mixes two numbers into one seed, so that sub-generators do not run in step. */
export function mixSeed(seed: number, salt: number): number {
  return Math.imul((seed ^ Math.imul(salt + 1, 0x9e3779b1)) >>> 0, 0x85ebca6b) >>> 0;
}

/** Shuffles in place (Fisher-Yates). */
export function shuffle<T>(values: T[], random: Random): T[] {
  for (let i = values.length - 1; i > 0; i -= 1) {
    const j = random.integer(i + 1);
    const held = values[i] as T;
    values[i] = values[j] as T;
    values[j] = held;
  }
  return values;
}

/**
 * Picks `count` distinct positions out of `size`, ascending. Sparse picks are drawn and sorted; dense
 * ones use selection sampling (Knuth, TAOCP 2, algorithm S), which is in order by itself.
 */
export function samplePositions(size: number, count: number, random: Random): number[] {
  if (count >= size) return Array.from({ length: size }, (_, index) => index);
  if (count * 8 < size) {
    const drawn = new Set<number>();
    while (drawn.size < count) drawn.add(random.integer(size));
    return [...drawn].sort((left, right) => left - right);
  }
  const picked: number[] = [];
  for (let index = 0; picked.length < count; index += 1) {
    if (random.next() * (size - index) < count - picked.length) picked.push(index);
  }
  return picked;
}
