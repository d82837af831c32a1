import type { KeyObject } from "node:crypto";
import type { Reader } from "../database/reader.ts";
import type { Decisions } from "../policy/decisions.ts";
import type { DecisionJournal } from "./decision-journal.ts";
import type { LookupBudget } from "./lookup-budget.ts";
import type { IndexesOf } from "./read-predicates.ts";

/** What the reader needs beside the decisions of the caller. */
export interface GuardedReaderServices {
  readonly reader: Reader;
  readonly decisions: Decisions;
  readonly callerId: string;
  readonly purpose: string | null;
  readonly cursorKey: KeyObject;
  readonly indexesOf: IndexesOf;
  readonly budget: LookupBudget;
  readonly journal: DecisionJournal;
  readonly maxPageSize: number;
}
