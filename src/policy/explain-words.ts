import type { Condition, Scalar } from "./condition.ts";

/** A condition in words, as it is bound to the caller. */
export function describeCondition(condition: Condition): string {
  switch (condition.kind) {
    case "always":
      return condition.value ? "always" : "never";
    case "all":
      return condition.of.map(inBrackets).join(" and ");
    case "any":
      return condition.of.map(inBrackets).join(" or ");
    case "not":
      return `not ${inBrackets(condition.of)}`;
    case "compare":
      return `${condition.attribute} ${SIGNS[condition.operator]} ${textOf(condition.value)}`;
    case "in":
      return `${condition.attribute} is one of ${condition.values.map(textOf).join(", ")}`;
    case "exists":
      return `${condition.attribute} has a value`;
    case "includes":
      return `${condition.attribute} includes ${textOf(condition.value)}`;
    case "overlaps":
      return `${condition.attribute} includes any of ${condition.values.map(textOf).join(", ")}`;
  }
}

const SIGNS = { eq: "is", lt: "<", lte: "<=", gt: ">", gte: ">=" } as const;

function inBrackets(condition: Condition): string {
  const isGroup = condition.kind === "all" || condition.kind === "any";
  return isGroup ? `(${describeCondition(condition)})` : describeCondition(condition);
}

function textOf(value: Scalar): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
