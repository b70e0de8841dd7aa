import { randomInt } from 'node:crypto';
import type { Database } from '../database.ts';
import * as sql from './queries.ts';

/** Nothing that is read out for something else: no 0 and O, 1 and I and L, U and V. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 6;

/** Keys of a tracker that is not written yet. */
export type NewTrackerId = {
  /** Integer key; never leaves the process. */
  readonly id: number;
  /** As stored: six characters, without the dash. */
  readonly publicId: string;
};

/** A readable id with its dash, as people see it: `4KX-9TQ`. */
export function shownTrackerId(publicId: string): string {
  return `${publicId.slice(0, 3)}-${publicId.slice(3)}`;
}

/** The stored form of a readable id: any case, spaces and dashes are understood. */
export function storedTrackerId(id: string): string {
  return id.toUpperCase().replaceAll(/[\s-]/g, '');
}

/**
 * Gives keys away before their row is written, so that a login's first steps and its row are one write. One for each
 * database: the process that owns it is the only one that makes trackers.
 */
export class TrackerIds {
  readonly #database: Database;
  readonly #random: () => string;
  /** Given away, and perhaps not written yet; the newest only. */
  readonly #recent = new Set<string>();
  #last: number | null = null;

  constructor(database: Database, random: () => string = randomReadable) {
    this.#database = database;
    this.#random = random;
  }

  next(): NewTrackerId {
    this.#last ??= this.#database.sql.get<{ seq: number }>(sql.selectLastId)?.seq ?? 0;
    const publicId = this.#unused();
    this.#remember(publicId);
    this.#last += 1;
    return { id: this.#last, publicId };
  }

  #unused(): string {
    for (let tries = 0; tries < 100; tries += 1) {
      const publicId = this.#random();
      const isTaken = this.#recent.has(publicId) || this.#database.sql.get(sql.selectTaken, publicId);
      if (!isTaken) return publicId;
    }
    throw new Error('no readable tracker id is free');
  }

  #remember(publicId: string): void {
    this.#recent.add(publicId);
    const [oldest] = this.#recent;
    if (this.#recent.size > 10_000 && oldest !== undefined) this.#recent.delete(oldest);
  }
}

/** 30 characters to the power of six: 729 million. */
function randomReadable(): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}
