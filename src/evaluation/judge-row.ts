import type { FieldDefinition, TypeDefinition } from "../classification/catalog.ts";
import type { AttributeValues } from "../policy/condition.ts";
import type { Decisions, RowVerdict } from "../policy/decisions.ts";
import type { Verdict } from "../policy/verdict.ts";

/** What is decided about one field of a row. */
export interface FieldVerdict extends Verdict {
  readonly field: string;
}

/** What is decided about a row, and about some of its fields. */
export interface RowJudgement {
  readonly row: RowVerdict;
  readonly fields: readonly FieldVerdict[];
}

/**
 * What the decisions that guard somebody's own answers say of a row and its fields: the one way in
 * which every question about others is judged, over GraphQL and AuthZEN alike. Of a hidden row no
 * field is given, for the reason of the row.
 */
export function judgeRow({
  supposed,
  type,
  row,
  fields = [...type.fields.values()],
}: {
  supposed: Decisions;
  type: TypeDefinition;
  row: AttributeValues;
  fields?: readonly FieldDefinition[];
}): RowJudgement {
  const verdict = supposed.rowVerdict(type.name, row);
  const { isVisible, reason, rule } = verdict;
  return {
    row: verdict,
    fields: fields.map((field) =>
      isVisible
        ? { field: field.name, ...supposed.fieldPlan(field).decide(row) }
        : { field: field.name, disclosure: "NONE", reason, rule },
    ),
  };
}
