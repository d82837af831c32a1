import { allOf, anyOf, type Condition, not } from "./condition.ts";

/** A test on one attribute: what conditions are made of. */
export type AttributeTest = Extract<Condition, { readonly attribute: string }>;

/** A condition in which each test was replaced; `isNegated` tells that the test stands below a `not`. */
export function replaceTests(
  condition: Condition,
  replace: (test: AttributeTest, isNegated: boolean) => Condition,
  isNegated = false,
): Condition {
  switch (condition.kind) {
    case "always":
      return condition;
    case "all":
      return allOf(condition.of.map((part) => replaceTests(part, replace, isNegated)));
    case "any":
      return anyOf(condition.of.map((part) => replaceTests(part, replace, isNegated)));
    case "not":
      return not(replaceTests(condition.of, replace, !isNegated));
    default:
      return replace(condition, isNegated);
  }
}

/**
 * The least condition that holds wherever a condition may, as far as somebody can tell who knows
 * an attribute only on the rows that `knownOn` names: on others a test counts as whatever lets more
 * rows through.
 */
export function widenedTo(
  condition: Condition,
  knownOn: (attribute: string) => Condition,
): Condition {
  return replaceTests(condition, (test, isNegated) => {
    const known = knownOn(test.attribute);
    return isNegated ? allOf([known, test]) : anyOf([not(known), test]);
  });
}
