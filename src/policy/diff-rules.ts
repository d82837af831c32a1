import type { Catalog, FieldDefinition, TypeDefinition } from "../classification/catalog.ts";
import type { Caller } from "../identity/caller.ts";
import { abilityFor, type AbilityRule } from "./ability.ts";
import { Decisions } from "./decisions.ts";
import { rulesAbout } from "./level-conditions.ts";
import type { Policy } from "./rule.ts";

/** One exemplary caller under two policies. */
export interface BothBound {
  readonly from: Decisions;
  readonly to: Decisions;
  /** What the rules about a type come to, before and after: equal texts are decided alike. */
  readonly textsOf: (type: string) => readonly [before: string, after: string];
}

/** Binds both policies to a caller. */
export function bindBoth(
  { from, to, catalog, now }: { from: Policy; to: Policy; catalog: Catalog; now: Date },
  caller: Caller,
): BothBound {
  const before = new Decisions(abilityFor({ policy: from, catalog, caller, now }));
  const after = new Decisions(abilityFor({ policy: to, catalog, caller, now }));
  const known = new Map<string, readonly [string, string]>();
  return {
    from: before,
    to: after,
    textsOf: (type) => {
      const texts = known.get(type) ?? [textOfType(before, type), textOfType(after, type)];
      known.set(type, texts);
      return texts;
    },
  };
}

/** Whether the rules about a type say the same under both, so that nothing can change. */
export function speaksAlike({ textsOf }: BothBound, { name }: TypeDefinition): boolean {
  const [before, after] = textsOf(name);
  return before === after;
}

/** Fields about which, or about whose rows, the rules don't say the same under both. */
export function fieldsSpokenOfOtherwise(both: BothBound, type: TypeDefinition): FieldDefinition[] {
  const fields = [...type.fields.values()];
  if (!showsAlike(both, type)) return fields;
  return fields.filter(
    (field) =>
      textOf(rulesAbout(both.from.bound, field)) !== textOf(rulesAbout(both.to.bound, field)),
  );
}

/** Whether the rules about the rows of a type say the same under both. */
export function showsAlike({ from, to }: BothBound, { name }: TypeDefinition): boolean {
  return textOfRows(from, name) === textOfRows(to, name);
}

function textOfType({ bound }: Decisions, type: string): string {
  return textOf(bound.rules.filter(({ subject }) => subject === type));
}

function textOfRows({ bound }: Decisions, type: string): string {
  return textOf(
    bound.rules.filter(
      ({ subject, origin }) =>
        subject === type && (origin.kind === "row" || origin.kind === "row-stop"),
    ),
  );
}

/** Everything of a rule by which it decides, and the reason that it gives; not where it is written. */
function textOf(rules: readonly AbilityRule[]): string {
  return JSON.stringify(
    rules.map(({ origin, ...rule }) => [rule, "reason" in origin ? origin.reason : null]),
  );
}
