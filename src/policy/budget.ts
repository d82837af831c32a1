import type { FieldDefinition } from "../classification/catalog.ts";
import { BUDGET_MEASURES } from "./document-keys.ts";
import type { Budget, BudgetLimit, BudgetMeasure, Policy } from "./rule.ts";

const DAY_MINUTES = 24 * 60;

/**
 * The limits under which a caller looks up values of a field, in the order of the policy; all of
 * them hold. A measure that some role of the caller has no limit for is not allowed at all: the
 * strictest answer to a role or a class that the policy does not know.
 *
 * @param roles roles of the caller; without any, nothing is allowed
 */
export function budgetLimits({
  policy,
  roles,
  field,
}: {
  policy: Policy;
  roles: readonly string[];
  field: FieldDefinition;
}): BudgetLimit[] {
  const byRole = roles.map((role) => budgetsOf({ policy, role, field }));
  const fitting = new Set(byRole.flat());
  const limits = [...fitting].flatMap((budget) => budget.limits);
  const isLimited = (measure: BudgetMeasure): boolean =>
    byRole.length > 0 &&
    byRole.every((budgets) =>
      budgets.some((budget) => budget.limits.some((limit) => limit.measure === measure)),
    );
  const missing = BUDGET_MEASURES.filter((measure) => !isLimited(measure));
  return [...limits, ...missing.map((measure) => ({ measure, minutes: DAY_MINUTES, most: 0 }))];
}

function budgetsOf({
  policy,
  role,
  field,
}: {
  policy: Policy;
  role: string;
  field: FieldDefinition;
}): Budget[] {
  const kind = policy.roles.get(role)?.kind;
  return (policy.budgets ?? []).filter(
    ({ kinds, roles, classifications }) =>
      classifications.includes(field.classification) &&
      (roles.includes(role) || (kind !== undefined && kinds.includes(kind))),
  );
}
