import { invariant } from "../../lib/invariant.ts";
import type { RowOutcome } from "./import-rows.ts";
import type { LedgerRecord, WriteResult } from "./import-store.ts";

/** Records of a batch that the file's own rules let pass. */
export function writable(batch: readonly RowOutcome[]): LedgerRecord[] {
  return batch.filter((outcome) => outcome.outcome === "ACCEPTED");
}

/** True when the store changed. */
export function isWrite(result: WriteResult): boolean {
  return result === "CREATED" || result === "CHANGED";
}

/** How the rows of a batch end, once the store has said what became of its records, in their order. */
export function settled(
  batch: readonly RowOutcome[],
  results: readonly WriteResult[],
): RowOutcome[] {
  const remaining = results.values();
  const outcomes = batch.map((outcome) => {
    if (outcome.outcome !== "ACCEPTED") return outcome;
    const { value: result } = remaining.next();
    invariant(result, "the store answers for each record");
    return endOf(outcome, result);
  });
  invariant(remaining.next().done, "the store answers for no other record");
  return outcomes;
}

function endOf(
  accepted: Extract<RowOutcome, { outcome: "ACCEPTED" }>,
  result: WriteResult,
): RowOutcome {
  const { row, customerNo } = accepted;
  switch (result) {
    case "CREATED":
    case "CHANGED":
      return accepted;
    case "UNCHANGED":
      return { row, customerNo, outcome: "UNCHANGED" };
    case "NOT_WRITABLE":
      return {
        row,
        customerNo,
        outcome: "REJECTED",
        faults: [{ code: "INVALID_STATE", column: "customerNo", fault: null }],
      };
  }
}
