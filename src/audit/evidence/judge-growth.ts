import type { Checkpoint } from "../notes/checkpoint.ts";
import type { ConsistencyProof } from "../notes/consistency-proof.ts";
import { verifyConsistency } from "../tree/verify.ts";
import type { Fault, FaultCode } from "./fault.ts";

/**
 * Whether a checkpoint continues one that was seen before.
 *
 * @param proofs that are at hand; the one from the smaller to the larger size is used
 */
export function judgeGrowth(request: {
  before: Checkpoint;
  now: Checkpoint;
  subject: string;
  proofs: readonly ConsistencyProof[];
}): Fault[] {
  const { before, now, subject, proofs } = request;
  const fault = (code: FaultCode, text: string): Fault[] => [{ code, subject, text }];
  if (before.origin !== now.origin)
    return fault("OTHER_LOG", `is of ${now.origin}, seen before was ${before.origin}`);
  if (before.size <= now.size) return judgeConsistency({ from: before, to: now, subject, proofs });
  const told = judgeConsistency({ from: now, to: before, subject, proofs });
  const isSplit = told.some(({ code }) => code === "SPLIT_VIEW");
  const text = `has ${now.size} records, ${before.size} were seen before`;
  return isSplit ? told : fault("OLD_CHECKPOINT", text);
}

/** Whether a larger tree begins with a smaller one. */
function judgeConsistency(request: {
  from: Checkpoint;
  to: Checkpoint;
  subject: string;
  proofs: readonly ConsistencyProof[];
}): Fault[] {
  const { from, to, subject, proofs } = request;
  if (from.size === to.size) {
    if (from.root.equals(to.root)) return [];
    return [{ code: "SPLIT_VIEW", subject, text: `two trees of ${to.size} records differ` }];
  }
  if (verifyConsistency({ from, to, proof: [] })) return [];
  const steps = `from ${from.size} to ${to.size} records`;
  const fitting = proofs.filter(
    ({ oldSize, checkpoint }) => oldSize === from.size && sizeIn(checkpoint) === to.size,
  );
  if (fitting.length === 0)
    return [{ code: "CONSISTENCY_MISSING", subject, text: `no proof leads ${steps}` }];
  if (fitting.some(({ hashes }) => verifyConsistency({ from, to, proof: hashes }))) return [];
  return [{ code: "SPLIT_VIEW", subject, text: `the proof ${steps} does not hold` }];
}

function sizeIn(checkpoint: string): number {
  return Number(checkpoint.split("\n")[1]);
}
