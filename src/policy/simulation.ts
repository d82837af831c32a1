import type { FieldDefinition, TypeDefinition } from "../classification/catalog.ts";
import type { Disclosure } from "../classification/disclosure.ts";
import type { Caller } from "../identity/caller.ts";
import type { AttributeValues } from "./condition.ts";
import { answerOn } from "./diff-fields.ts";
import { bindBoth, fieldsSpokenOfOtherwise } from "./diff-rules.ts";
import type { Comparison } from "./diff.ts";

/** Decisions of one caller, for the purpose that it names, on fields of some rows. */
export interface DecisionsToJudge {
  readonly caller: Caller;
  /** Time of the supposed reading (UTC). */
  readonly at: Date;
  readonly type: TypeDefinition;
  readonly fields: readonly FieldDefinition[];
  /** Rows with every attribute that a rule may read. */
  readonly rows: readonly AttributeValues[];
}

/** Where decisions come from that are judged once more: a sample of rows, or a record of what was decided. */
export interface DecisionSource {
  decisions(): AsyncIterable<DecisionsToJudge>;
}

/** From what to what one decision changes, and why. */
export interface SimulatedChange {
  readonly from: Disclosure;
  readonly to: Disclosure;
  /** Reason codes before and after; of a bound all that such rows may have. */
  readonly reasonsBefore: readonly string[];
  readonly reasonsAfter: readonly string[];
  /** False where it may be so, as far as can be told. */
  readonly isCertain: boolean;
}

/** A field of a row that is answered otherwise, or may be. */
export interface ChangedDecision {
  readonly row: AttributeValues;
  readonly field: FieldDefinition;
  /** One; several where it cannot be told which of them. */
  readonly changes: readonly SimulatedChange[];
}

/** Finds the decisions whose level changes; those that it leaves out are the same. */
export type Judge = (asked: DecisionsToJudge) => Iterable<ChangedDecision>;

/** Two policies to judge by. */
export type JudgedPolicies = Pick<Comparison, "from" | "to" | "catalog">;

/** Judges every row as it is: only for policies that somebody beside their author stood up for. */
export function exactJudge({ from, to, catalog }: JudgedPolicies): Judge {
  return function* ({ caller, at, type, fields, rows }) {
    const both = bindBoth({ from, to, catalog, now: at }, caller);
    const otherwise = new Set(fieldsSpokenOfOtherwise(both, type));
    const wanted = fields.filter((field) => otherwise.has(field));
    for (const row of wanted.length === 0 ? [] : rows) {
      const before = both.from.rowVerdict(type.name, row);
      const after = both.to.rowVerdict(type.name, row);
      for (const field of wanted) {
        const was = answerOn(both.from.fieldPlan(field), before, row);
        const is = answerOn(both.to.fieldPlan(field), after, row);
        if (was.disclosure === is.disclosure) continue;
        const change = {
          from: was.disclosure,
          to: is.disclosure,
          reasonsBefore: listed(was.reason),
          reasonsAfter: listed(is.reason),
          isCertain: true,
        };
        yield { row, field, changes: [change] };
      }
    }
  };
}

function listed(reason: string | null): string[] {
  return reason === null ? [] : [reason];
}
