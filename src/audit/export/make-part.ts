import { invariant } from "../../lib/invariant.ts";
import { formatInclusionPart } from "../evidence/inclusion-part.ts";
import { proveSubset } from "../tree/proofs.ts";
import type { TileSource } from "../tree/tile.ts";
import type { EvidenceSource } from "./evidence-source.ts";
import { readRuns } from "./index-runs.ts";
import type { PartContent } from "./part.ts";

/** What the parts of one bundle are made from. */
export interface PartSources {
  readonly source: EvidenceSource;
  readonly tiles: TileSource;
  /** Leaves of the tree in which everything is proved. */
  readonly treeSize: number;
}

/**
 * Makes the bytes of a part; the same bytes, whenever and wherever.
 *
 * @throws SERVICE_UNAVAILABLE
 * @throws INTERNAL_SERVER_ERROR as a `TreeDamagedError` when tiles are missing
 */
export async function* makePart(
  sources: PartSources,
  content: PartContent,
): AsyncGenerator<Buffer> {
  const { source } = sources;
  switch (content.kind) {
    case "TEXT":
      yield Buffer.from(content.text);
      return;
    case "RECORDS":
      for await (const batch of source.reread(content))
        yield linesOf(batch.map(({ body }) => body));
      return;
    case "INCLUSION":
      yield await inclusionOf(sources, readRuns(content.runs));
      return;
    case "CALLERS": {
      const texts = await source.callers(content.digests);
      yield linesOf(content.digests.map((digest) => texts.get(digest) ?? ""));
      return;
    }
    case "POLICY": {
      const files = await source.policy(content.version);
      const file = files?.find(({ name }) => name === content.name);
      invariant(file !== undefined, "a kept version of the policy keeps its documents");
      yield Buffer.from(file.text);
    }
  }
}

/** The proof of some records: their own leaves as the tree has them, and the hashes beside. */
export async function inclusionOf(
  { tiles: source, treeSize: size }: Pick<PartSources, "tiles" | "treeSize">,
  indexes: readonly number[],
): Promise<Buffer> {
  const proof = await proveSubset({ source, size, indexes });
  return Buffer.from(formatInclusionPart({ size, indexes, ...proof }));
}

/** Texts as lines. */
export function linesOf(lines: readonly string[]): Buffer {
  return Buffer.from(lines.map((line) => `${line}\n`).join(""));
}
