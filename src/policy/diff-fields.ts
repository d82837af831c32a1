import type { FieldDefinition, TypeDefinition } from "../classification/catalog.ts";
import type { Category } from "../classification/classification.ts";
import type { Disclosure } from "../classification/disclosure.ts";
import { allOf, type AttributeValues, type Condition, isConstant, NEVER } from "./condition.ts";
import type { RowVerdict } from "./decisions.ts";
import { type BothBound, fieldsSpokenOfOtherwise } from "./diff-rules.ts";
import type { Worlds } from "./diff-world.ts";
import { answeredAt, conditionOf, formsOf, rulesAbout } from "./level-conditions.ts";
import type { FieldPlan } from "./plan.ts";
import type { Verdict } from "./verdict.ts";

/** From what to what an answer changes, why, and on which rows. */
export interface FieldTransition {
  readonly from: Disclosure;
  readonly to: Disclosure;
  /** Reason codes that such rows have before and after; empty where that could not be proved. */
  readonly reasonsBefore: readonly string[];
  readonly reasonsAfter: readonly string[];
  /** Rules that decide such rows after the change. */
  readonly rules: readonly string[];
  /** On which rows the level changes, bound to an exemplary caller; never for mere reasons. */
  readonly condition: Condition;
}

interface GroupedTransition extends FieldTransition {
  readonly category: Category;
  readonly fields: readonly string[];
}

/** Fields of a type that one caller is answered otherwise, rolled up by category. */
export function changesOfFields(
  both: BothBound,
  type: TypeDefinition,
  worlds: Worlds,
): { changes: GroupedTransition[]; isProved: boolean } {
  const changed = fieldsSpokenOfOtherwise(both, type);
  if (changed.length === 0) return { changes: [], isProved: true };
  const world = worlds.of({
    type,
    conditions: [both.from, both.to].flatMap(({ bound }) =>
      [
        ...bound.rules.filter(
          ({ subject, origin }) => subject === type.name && isAboutRows(origin),
        ),
        ...changed.flatMap((field) => rulesAbout(bound, field)),
      ].map(conditionOf),
    ),
  });
  const rows = world === null ? null : judgedRows(both, type, world);
  const transitions = changed.flatMap((field) =>
    (rows === null ? possibleTransitions(both, field) : provedTransitions(both, field, rows)).map(
      (transition) => ({ field, transition }),
    ),
  );
  return { changes: rolledUp(transitions), isProved: world !== null };
}

function isAboutRows({ kind }: { readonly kind: string }): boolean {
  return kind === "row" || kind === "row-stop";
}

/** A row with what is decided about its being seen: once for all of its fields. */
interface JudgedRow {
  readonly row: AttributeValues;
  readonly before: RowVerdict;
  readonly after: RowVerdict;
}

function judgedRows(
  { from, to }: BothBound,
  { name }: TypeDefinition,
  rows: readonly AttributeValues[],
): JudgedRow[] {
  return rows
    .map((row) => ({ row, before: from.rowVerdict(name, row), after: to.rowVerdict(name, row) }))
    .filter(
      ({ before, after }) => before.isVisible || after.isVisible || before.reason !== after.reason,
    );
}

function provedTransitions(
  both: BothBound,
  field: FieldDefinition,
  rows: readonly JudgedRow[],
): FieldTransition[] {
  const found = new Map<string, { before: Verdict; after: Verdict }[]>();
  for (const judged of rows) {
    const before = answerOn(both.from.fieldPlan(field), judged.before, judged.row);
    const after = answerOn(both.to.fieldPlan(field), judged.after, judged.row);
    if (before.disclosure === after.disclosure && before.reason === after.reason) continue;
    const key = `${before.disclosure} ${after.disclosure}`;
    found.set(key, [...(found.get(key) ?? []), { before, after }]);
  }
  return [...found.values()].flatMap((verdicts) => {
    const [first] = verdicts;
    if (first === undefined) return [];
    const from = first.before.disclosure;
    const to = first.after.disclosure;
    return {
      from,
      to,
      reasonsBefore: sortedOnce(verdicts.map(({ before }) => before.reason)),
      reasonsAfter: sortedOnce(verdicts.map(({ after }) => after.reason)),
      rules: sortedOnce(verdicts.map(({ after }) => after.rule)),
      condition: from === to ? NEVER : transitionCondition(both, { field, from, to }),
    };
  });
}

/** Every change of level that the conditions don't rule out by themselves. */
function possibleTransitions(both: BothBound, field: FieldDefinition): FieldTransition[] {
  const forms = formsOf(field);
  return forms.flatMap((from) =>
    forms.flatMap((to): FieldTransition[] => {
      if (from === to) return [];
      const condition = transitionCondition(both, { field, from, to });
      if (isConstant(condition, false)) return [];
      return [{ from, to, reasonsBefore: [], reasonsAfter: [], rules: [], condition }];
    }),
  );
}

/** Rows on which a field goes from the one level to the other. */
export function transitionCondition(
  { from, to }: Pick<BothBound, "from" | "to">,
  change: { field: FieldDefinition; from: Disclosure; to: Disclosure },
): Condition {
  return allOf([
    answeredAt(from.bound, change.field, change.from),
    answeredAt(to.bound, change.field, change.to),
  ]);
}

/** What a caller is answered of a field: the row's reason where the row is hidden. */
export function answerOn(
  plan: FieldPlan,
  { isVisible, reason, rule }: RowVerdict,
  row: AttributeValues,
): Verdict {
  return isVisible ? plan.decide(row) : { disclosure: "NONE", reason, rule };
}

function rolledUp(
  found: readonly { field: FieldDefinition; transition: FieldTransition }[],
): GroupedTransition[] {
  const groups = Map.groupBy(found, ({ field, transition }) =>
    JSON.stringify([field.category, transition]),
  );
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const fields = same.map(({ field }) => field.name);
    return { category: first.field.category, fields, ...first.transition };
  });
}

function sortedOnce(words: readonly (string | null)[]): string[] {
  return [...new Set(words.filter((word) => word !== null))].sort();
}
