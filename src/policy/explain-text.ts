import type { FieldDefinition } from "../classification/catalog.ts";
import type { Disclosure } from "../classification/disclosure.ts";
import type { BoundPolicy } from "./ability.ts";
import type { ConsideredRule } from "./explain.ts";
import type { Remedy } from "./explain-changes.ts";
import type { Verdict } from "./verdict.ts";

/**
 * The explanation in sentences, for those who may know which rule held for the row.
 *
 * @param field null for the verdict on the row itself: NONE where it is hidden
 */
export function auditorText({
  bound,
  field,
  verdict,
  rules,
  remedies,
}: {
  bound: BoundPolicy;
  field: FieldDefinition | null;
  verdict: Verdict;
  rules: readonly Pick<ConsideredRule, "id" | "about" | "source">[];
  remedies: readonly Remedy[];
}): string {
  const { disclosure, reason, rule } = verdict;
  const decider = rules.find(({ id }) => id === rule);
  const because = reason === null ? "" : ` because of ${reason}`;
  const source = decider?.source == null ? "" : ` (${decider.source})`;
  const by =
    decider === undefined
      ? "No rule that holds gives it."
      : `Rule ${rule} decided: ${decider.about}${source}`;
  const sight = disclosure === "NONE" ? "hidden" : "visible";
  const is = field === null ? `The row is ${sight}` : `${field.name} is ${disclosure}`;
  return [
    `${is} for ${rolesOf(bound)} and ${purposeOf(bound)}${because}.`,
    by,
    ...remedies.map(wouldBe),
  ].join("\n");
}

/** The explanation for the caller, made of what holds for every row. */
export function callerText({
  bound,
  field,
  best,
  variesByRow,
  remedies,
}: {
  bound: BoundPolicy;
  field: FieldDefinition;
  best: Disclosure;
  variesByRow: boolean;
  remedies: readonly Remedy[];
}): string {
  const most = `For ${purposeOf(bound)} you get ${field.name} at ${best} at most.`;
  const varies = "Some records give less; which ones and why is not told.";
  return [
    best === "NONE" ? `For ${purposeOf(bound)} you don't get ${field.name}.` : most,
    ...(variesByRow && best !== "NONE" ? [varies] : []),
    ...remedies.map(({ disclosure, changes }) => `Could be ${disclosure} with ${list(changes)}.`),
  ].join("\n");
}

/** One remedy as a sentence. */
export function wouldBe({ disclosure, changes }: Remedy): string {
  return `Would be ${disclosure} with ${list(changes)}.`;
}

function rolesOf({ caller }: BoundPolicy): string {
  return caller.roles.length === 0 ? "a caller without a role" : caller.roles.join(" and ");
}

function purposeOf({ caller }: BoundPolicy): string {
  return caller.purpose ?? "no purpose";
}

function list(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
