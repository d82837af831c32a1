import type { TypeDefinition } from "../classification/catalog.ts";
import { allOf, type Condition, isConstant, not } from "./condition.ts";
import { type BothBound, showsAlike } from "./diff-rules.ts";
import type { Worlds } from "./diff-world.ts";
import { compilePredicate } from "./matches.ts";

/** Rows that are seen under one policy only: those gained, those lost. */
export function changesOfRows(
  both: BothBound,
  type: TypeDefinition,
  worlds: Worlds,
): { isGained: boolean; condition: Condition }[] {
  if (showsAlike(both, type)) return [];
  const before = both.from.rows("see", type.name);
  const after = both.to.rows("see", type.name);
  return [
    { isGained: true, condition: allOf([after, not(before)]) },
    { isGained: false, condition: allOf([before, not(after)]) },
  ].filter(({ condition }) => holdsSomewhere(worlds, type, condition));
}

/** Whether some row can fulfil a condition; where that can't be proved, it might. */
function holdsSomewhere(worlds: Worlds, type: TypeDefinition, condition: Condition): boolean {
  if (isConstant(condition, false)) return false;
  const rows = worlds.of({ type, conditions: [condition] });
  return rows === null || rows.some(compilePredicate(condition));
}
