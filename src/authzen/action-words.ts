import { DISCLOSURES } from "../classification/disclosure.ts";
import type { AskedAction } from "../evaluation/judge-action.ts";
import { POLICY_VERBS, VERBS } from "../policy/rule.ts";

/** Verbs about the policy are about no row, and so no action on a resource. */
const ROW_VERBS = VERBS.filter((verb) => !POLICY_VERBS.some((one) => one === verb));

/**
 * The actions by their names: `see` (the row), the disclosure levels, highest first, and the verbs.
 * `read` is another word for `clear`.
 */
export const ACTIONS: ReadonlyMap<string, AskedAction> = new Map<string, AskedAction>([
  ["see", { kind: "see" }],
  ["read", { kind: "level", level: "CLEAR" }],
  ...DISCLOSURES.toReversed()
    .filter((level) => level !== "NONE")
    .map((level): [string, AskedAction] => [level.toLowerCase(), { kind: "level", level }]),
  ...ROW_VERBS.map((verb): [string, AskedAction] => [verb, { kind: "verb", verb }]),
]);
