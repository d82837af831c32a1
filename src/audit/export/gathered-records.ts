import { createHash } from "node:crypto";
import { PART_BYTES, PART_RECORDS } from "../evidence/bundle-format.ts";
import { TILE_WIDTH } from "../tree/tile.ts";
import type { SealedRecord } from "./evidence-source.ts";
import { writeRuns } from "./index-runs.ts";
import type { RecordStretch } from "./part.ts";

/** Tiles of leaves that the proof of one part may want, 8 KiB each. */
const MOST_TILES = 512;

/** Records of one part, with everything that has to be known of them to make it again. */
export interface GatheredStretch {
  readonly stretch: RecordStretch;
  readonly indexes: readonly number[];
  /** Length of the records as lines, in bytes. */
  readonly bytes: number;
  /** SHA-256 of these lines. */
  readonly digest: Buffer;
}

/**
 * Gathers records, in the order of the tree, until a part is full. Where a part ends follows from the
 * records alone, so that it ends there whoever gathers them.
 */
export class GatheredRecords {
  readonly #indexes: number[] = [];
  readonly #digest = createHash("sha256");
  readonly #callers = new Set<string>();
  readonly #policies = new Set<string>();
  #bytes = 0;
  #tiles = 0;
  #lastTile = -1;
  #from = Number.POSITIVE_INFINITY;
  #to = 0;

  get count(): number {
    return this.#indexes.length;
  }

  /** Whether one more fits. A single record is taken whatever its size. */
  takes({ treeIndex, body }: SealedRecord): boolean {
    if (this.count === 0) return true;
    const tile = Math.floor(treeIndex / TILE_WIDTH);
    return (
      this.count < PART_RECORDS &&
      this.#bytes + Buffer.byteLength(body) < PART_BYTES &&
      (tile === this.#lastTile || this.#tiles < MOST_TILES)
    );
  }

  add({ treeIndex, sealedAt, body }: SealedRecord): void {
    const line = Buffer.from(`${body}\n`);
    this.#indexes.push(treeIndex);
    this.#digest.update(line);
    this.#bytes += line.length;
    const tile = Math.floor(treeIndex / TILE_WIDTH);
    if (tile !== this.#lastTile) this.#tiles += 1;
    this.#lastTile = tile;
    this.#from = Math.min(this.#from, sealedAt.getTime());
    this.#to = Math.max(this.#to, sealedAt.getTime() + 1);
    const { callerState, policyVersion } = namedIn(body);
    if (callerState !== null) this.#callers.add(callerState);
    if (policyVersion !== null) this.#policies.add(policyVersion);
  }

  close(): GatheredStretch {
    const stretch: RecordStretch = {
      runs: writeRuns(this.#indexes),
      sealed: [this.#from, this.#to],
      callers: [...this.#callers].sort(),
      policies: [...this.#policies].sort(),
    };
    const digest = this.#digest.digest();
    return { stretch, indexes: this.#indexes, bytes: this.#bytes, digest };
  }
}

/** What a record names that the bundle brings along. A text that somebody broke names nothing. */
function namedIn(body: string): { callerState: string | null; policyVersion: string | null } {
  try {
    const { caller, policyVersion } = JSON.parse(body) as {
      caller?: { state?: unknown };
      policyVersion?: unknown;
    };
    return { callerState: textOr(caller?.state), policyVersion: textOr(policyVersion) };
  } catch {
    return { callerState: null, policyVersion: null };
  }
}

function textOr(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
