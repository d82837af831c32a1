import type { DecisionRecord } from "../audit/decision-record.ts";
import { fieldIn, typeIn } from "../classification/catalog.ts";
import type { Row } from "../database/read-request.ts";
import type { RequestContext } from "../graphql/context.ts";
import type { Selection } from "../guard/guarded-reader.ts";
import { recordedIn } from "./recorded.ts";

/** The one field that holds all of a record. */
export const WHOLE_RECORD: Selection = { shown: new Set(["record"]), judged: new Set() };

/** The records among rows that the caller may read whole; what it can't read is not judged for it. */
export function recordsIn(
  rows: readonly Row[],
  { catalog, decisions }: RequestContext,
): DecisionRecord[] {
  const plan = decisions.fieldPlan(fieldIn(typeIn(catalog, "Decision"), "record"));
  return rows
    .filter((row) => plan.decide(row).disclosure === "CLEAR")
    .map((row) => recordedIn(row, "record"));
}
