import { inclusionFile, partName, recordsFile } from "../evidence/bundle-format.ts";
import { sha256 } from "../tree/hashing.ts";
import type { Advance, StandingExport } from "./export-store.ts";
import { GatheredRecords } from "./gathered-records.ts";
import { inclusionOf, type PartSources } from "./make-part.ts";
import type { Part } from "./part.ts";

/** Leaves that one statement looks at, so that none runs long however little is in the scope. */
const WINDOW_LEAVES = 32_768;

/** Writes down what was done; throws where somebody else is in charge now. */
export type SaveProgress = (done: Omit<Advance, "id" | "worker">) => Promise<void>;

/**
 * Looks at every record of the tree in its order and makes parts of those in the scope. What is
 * saved is not done again by whoever goes on after this process ended.
 *
 * @param doneParts how many parts of records there are already
 * @throws SERVICE_UNAVAILABLE
 */
export async function gatherRecords({
  standing,
  sources,
  doneParts,
  save,
}: {
  standing: StandingExport;
  sources: PartSources;
  doneParts: number;
  save: SaveProgress;
}): Promise<void> {
  const { treeSize } = standing;
  let gathered = new GatheredRecords();
  let { resumeAt } = standing;
  let number = doneParts;
  const flush = async (lookedAt: number): Promise<void> => {
    const parts = await partsOf({ gathered, number: (number += 1), sources });
    const records = gathered.count;
    gathered = new GatheredRecords();
    resumeAt = lookedAt;
    await save({ lookedAt, resumeAt, parts, records });
  };
  for (let start = resumeAt; start < treeSize; start += WINDOW_LEAVES) {
    const end = Math.min(start + WINDOW_LEAVES, treeSize);
    for await (const batch of sources.source.scan({ start, end })) {
      for (const record of batch) {
        if (!gathered.takes(record)) await flush(record.treeIndex);
        gathered.add(record);
      }
    }
    // Where nothing waits for its part, nobody has to look here again.
    if (gathered.count === 0) resumeAt = end;
    await save({ lookedAt: end, resumeAt, parts: [], records: 0 });
  }
  if (gathered.count > 0) await flush(treeSize);
}

async function partsOf(of: {
  gathered: GatheredRecords;
  number: number;
  sources: PartSources;
}): Promise<Part[]> {
  const { stretch, indexes, bytes, digest } = of.gathered.close();
  const name = partName(of.number);
  const proof = await inclusionOf(of.sources, indexes);
  return [
    {
      file: inclusionFile(name),
      content: { kind: "INCLUSION", runs: stretch.runs },
      bytes: proof.length,
      digest: sha256(proof),
    },
    { file: recordsFile(name), content: { kind: "RECORDS", ...stretch }, bytes, digest },
  ];
}
