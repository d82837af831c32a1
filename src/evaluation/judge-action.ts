import type { FieldDefinition, TypeDefinition } from "../classification/catalog.ts";
import { type Disclosure, isAbove } from "../classification/disclosure.ts";
import type { AttributeValues } from "../policy/condition.ts";
import type { Decisions } from "../policy/decisions.ts";
import type { Verb } from "../policy/rule.ts";
import { judgeRow, type RowJudgement } from "./judge-row.ts";

/** What somebody would do: see the row, be given a level of a field, or use a verb on it. */
export type AskedAction =
  | { readonly kind: "see" }
  | { readonly kind: "level"; readonly level: Disclosure }
  | { readonly kind: "verb"; readonly verb: Verb };

/** Whether an action is given, and by which verdicts. */
export interface ActionJudgement extends RowJudgement {
  readonly isGiven: boolean;
  /** Names of the fields on which the action is given. */
  readonly givenOn: readonly string[];
}

/** Everything that an action is judged by. */
export interface ActionQuestion {
  readonly supposed: Decisions;
  readonly type: TypeDefinition;
  /** Null for the whole row: the action must then be given on every field of it. */
  readonly field: FieldDefinition | null;
  readonly row: AttributeValues;
  readonly action: AskedAction;
}

/**
 * Whether an action is given on a field of a row, or on all of them. Nothing is given on a hidden
 * row but asking about it, which needs no sight of it.
 */
export function judgeAction({
  supposed,
  type,
  field,
  row,
  action,
}: ActionQuestion): ActionJudgement {
  const fields = field === null ? [...type.fields.values()] : [field];
  const judged = judgeRow({ supposed, type, row, fields });
  if (action.kind === "see") {
    // A field is not seen: it is given at a level.
    const isGiven = field === null && judged.row.isVisible;
    return { ...judged, isGiven, givenOn: [] };
  }
  const givenOn = fields.filter((one, index) => {
    const disclosure = judged.fields[index]?.disclosure ?? "NONE";
    return action.kind === "level"
      ? action.level !== "NONE" && !isAbove(action.level, disclosure)
      : hasVerb({ supposed, type, row, verb: action.verb, field: one, disclosure, judged });
  });
  return {
    ...judged,
    isGiven: givenOn.length > 0 && givenOn.length === fields.length,
    givenOn: givenOn.map(({ name }) => name),
  };
}

/** As the verbs ask: whoever changes a field must read it in clear as well (decision 0008). */
function hasVerb({
  supposed,
  type,
  row,
  verb,
  field,
  disclosure,
  judged,
}: {
  supposed: Decisions;
  type: TypeDefinition;
  row: AttributeValues;
  verb: Verb;
  field: FieldDefinition;
  disclosure: Disclosure;
  judged: RowJudgement;
}): boolean {
  if (!supposed.canDo(verb, row, field)) return false;
  if (verb === "evaluateAccess") return supposed.isAmong("ask", type.name, row);
  return judged.row.isVisible && (verb !== "update" || disclosure === "CLEAR");
}
