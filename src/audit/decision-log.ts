import type { CallerState } from "./caller-state.ts";
import type { DecisionRecord } from "./decision-record.ts";
import type { DecisionWriter } from "./decision-writer.ts";
import { pendingRecords } from "./pending-records.ts";

/** What is on record of one request or question. */
export interface ClosedRecords {
  readonly records: readonly DecisionRecord[];
  readonly caller: CallerState;
  /** True where the answer must not leave before the records are durable. */
  readonly isAwaited: boolean;
}

/** Where records of decisions go. */
export interface DecisionLog {
  /** False while so much waits to be written that nothing more may be decided. */
  readonly isAccepting: boolean;
  /**
   * Takes the records of one answer; resolves once they are durable.
   *
   * @throws LogUnavailableError through the promise; whoever need not wait may ignore it
   */
  append(closed: ClosedRecords): Promise<void>;
}

/** The log on a writer. */
export function decisionLogOn(writer: DecisionWriter): DecisionLog {
  return {
    get isAccepting() {
      return writer.isAccepting;
    },
    append: ({ records, caller, isAwaited }) =>
      writer.append({
        records: pendingRecords(records),
        caller,
        isAwaited,
      }),
  };
}
