import type { Disclosure } from "../classification/disclosure.ts";
import { rankOf } from "../classification/disclosure.ts";
import type { AbilityRule } from "./ability.ts";
import { levelsAbove } from "./bind-stop.ts";
import { ALWAYS, allOf, anyOf, type Condition, isConstant, not } from "./condition.ts";
import { type FieldStop, isStopRule, type PolicyRule } from "./rule.ts";

/** A stop that caps a field beside another one. */
export type JointCap = FieldStop & { readonly beside: NonNullable<FieldStop["beside"]> };

/** Whether a rule is a joint cap. */
export function isJointCap(rule: PolicyRule): rule is JointCap {
  return rule.kind === "stop" && rule.beside != null;
}

/**
 * Puts joint caps among rules that decide each field for itself: after what gives and before every
 * other stop, since CASL reads from the end. Whether a field is shown beside another is asked of
 * those rules alone, so that the order of caps is nothing and no cap lifts another.
 */
export function withJointCaps(
  single: readonly AbilityRule[],
  caps: readonly JointCap[],
): AbilityRule[] {
  const joint = caps.flatMap((cap) => jointRules(cap, single));
  if (joint.length === 0) return [...single];
  const isStop = ({ origin }: AbilityRule): boolean => isStopRule(origin);
  return [...single.filter((rule) => !isStop(rule)), ...joint, ...single.filter(isStop)];
}

/** Rows on which rules that decide each field for itself show a field at a level or above. */
export function shownCondition({
  rules,
  type,
  field,
  level,
}: {
  rules: readonly AbilityRule[];
  type: string;
  field: string;
  level: Disclosure;
}): Condition {
  const gives: Condition[] = [];
  const takes: Condition[] = [];
  for (const rule of rules) {
    if (rule.level === undefined || rule.subject !== type || isJointCap(rule.origin)) continue;
    if (!rule.fields?.includes(field)) continue;
    const condition = (rule.conditions as Condition | undefined) ?? ALWAYS;
    const isAtLevel = rankOf(rule.level) >= rankOf(level);
    if (rule.inverted !== true && isAtLevel) gives.push(condition);
    if (rule.inverted === true && !isAtLevel) takes.push(condition);
  }
  return allOf([anyOf(gives), not(anyOf(takes))]);
}

/** What a joint cap comes to beside rules that decide each field for itself. */
export function jointRules(cap: JointCap, rules: readonly AbilityRule[]): AbilityRule[] {
  return cap.types.flatMap((type) =>
    (cap.fields.names ?? []).flatMap((name): AbilityRule[] => {
      const { field, level } = cap.beside;
      const isBeside = shownCondition({ rules, type, field, level });
      const isClear = shownCondition({ rules, type, field: name, level: "CLEAR" });
      const condition = allOf([isBeside, not(isClear)]);
      if (isConstant(condition, false)) return [];
      const conditions = isConstant(condition, true) ? {} : { conditions: condition };
      const atMost = cap.atMost as Disclosure;
      const action = [...levelsAbove(atMost), "group"];
      const base = { subject: type, origin: cap, id: cap.id, ...conditions, action };
      return [{ ...base, fields: [name], level: atMost, inverted: true } as AbilityRule];
    }),
  );
}
