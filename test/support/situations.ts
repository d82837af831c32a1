import fc from "fast-check";
import { LRUCache } from "lru-cache";
import { type FieldDefinition, renderableAt } from "../../src/classification/catalog.ts";
import { DISCLOSURES, rankOf } from "../../src/classification/disclosure.ts";
import type { Caller } from "../../src/identity/caller.ts";
import { abilityFor } from "../../src/policy/ability.ts";
import { Decisions } from "../../src/policy/decisions.ts";
import { compilePredicate } from "../../src/policy/matches.ts";
import type { Policy, PolicyRule } from "../../src/policy/rule.ts";
import { type Verdict, verdictFor } from "../../src/policy/verdict.ts";
import { policyOf, THINGS } from "./generated-policy.ts";
import { rowsThatMeet } from "./generated-rows.ts";
import { callerBut, CATALOG, type PlainRow, POLICY } from "./policy-world.ts";

/** When generated situations take place. */
export const NOW = new Date("2026-11-20T09:00:00Z");

/** A caller's decisions for some purpose, and a row of some type. */
export interface Situation {
  readonly decisions: Decisions;
  readonly type: string;
  readonly row: PlainRow;
}

/** What a caller may lack, or have beside what the demonstration gives. */
const LACKS: readonly Partial<Caller>[] = [
  {},
  { mfa: false },
  { authenticatedAt: new Date(NOW.getTime() - 86_400_000) },
  { trainingValidUntil: null },
  { clearance: null },
  { clearance: "SENSITIVE" },
  { withinWorkingHours: false },
  { organisationIsFinancial: true },
  { organisationIsOperator: true },
];

/** A demo caller with any purpose, and a row of any type that meets the product's rules for it. */
export function situationsOf(name: string): fc.Arbitrary<Situation> {
  return fc
    .record({
      purpose: fc.constantFrom(...POLICY.purposes.keys()),
      changes: fc.constantFrom(...LACKS),
      type: fc.constantFrom(...CATALOG.keys()),
    })
    .chain(({ purpose, changes, type }) => {
      const decisions = decidedBy(POLICY, callerBut({ name, purpose, now: NOW, changes }));
      return fc.record({
        decisions: fc.constant(decisions),
        type: fc.constant(type),
        row: rowsThatMeet(decisions, type),
      });
    });
}

/** A caller who has or lacks each attribute to which generated rules refer. */
export const generatedCaller: fc.Arbitrary<Caller> = fc
  .record({
    mfa: fc.boolean(),
    clearance: fc.constantFrom(null, "PUBLIC", "SENSITIVE", "PRIVATE"),
    withinWorkingHours: fc.boolean(),
    fieldCeiling: fc.constantFrom(null, "NONE", "COARSE", "CLEAR"),
    customerId: fc.constantFrom(null, "0197c000-0000-7000-8000-000000000001"),
    caseCodes: fc.constantFrom([], ["a", "b"]),
    scopes: fc.subarray(["open", "held", "kept", "flag"]),
  })
  .map((changes) => callerBut({ name: "cs-agent", now: NOW, changes: changes as Partial<Caller> }));

/** What generated rules decide for a caller. */
export function underRules(rules: readonly PolicyRule[], caller: Caller): Decisions {
  return new Decisions(abilityFor({ policy: policyOf(rules), catalog: THINGS, caller, now: NOW }));
}

/** A generated caller seldom comes again but within its own case, and the long rounds have tens of thousands. */
const MOST_CALLERS = 300;
const known = new WeakMap<Policy, LRUCache<string, Decisions>>();

/** What a policy decides for a caller. */
export function decidedBy(policy: Policy, caller: Caller): Decisions {
  const byCaller = known.get(policy) ?? new LRUCache<string, Decisions>({ max: MOST_CALLERS });
  known.set(policy, byCaller);
  const key = JSON.stringify(caller);
  const made =
    byCaller.get(key) ?? new Decisions(abilityFor({ policy, catalog: CATALOG, caller, now: NOW }));
  byCaller.set(key, made);
  return made;
}

/** The verdict on every field of the row, by the definition. */
export function verdictsOn({ decisions, type, row }: Situation): Map<string, Verdict> {
  const subject = { ...row, __typename: type };
  return new Map(
    [...decisions.planOf(type)].map(([name, { field }]) => [
      name,
      verdictFor(decisions.bound, subject, field),
    ]),
  );
}

/** What CASL alone says of every field of the row: the highest level to which `can` is true. */
export function grantedOn({ decisions, type, row }: Situation): Map<string, string> {
  const subject = { ...row, __typename: type };
  const descending = DISCLOSURES.toReversed().filter((level) => level !== "NONE");
  const highest = (name: string): (typeof DISCLOSURES)[number] =>
    descending.find((level) => decisions.bound.ability.can(level, subject, name)) ?? "NONE";
  return new Map(
    [...decisions.planOf(type)].map(([name, { field }]) => [
      name,
      renderableAt(field, highest(name)),
    ]),
  );
}

/** Expects every plan to decide as the verdict does, alone and together, whatever was loaded. */
export function expectPlansAgree(held: Situation): void {
  const verdicts = verdictsOn(held);
  const plans = [...held.decisions.planOf(held.type)];
  for (const [name, plan] of plans) expect(plan.decide(held.row)).toEqual(verdicts.get(name));
  const fields = fieldsOf(held);
  const together = held.decisions.decideTogether(fields)(held.row);
  expect(together).toEqual(fields.map(({ name }) => verdicts.get(name)));
}

const lists = new WeakMap<Decisions, Map<string, readonly FieldDefinition[]>>();

/** All fields of the type, as the same list every time: what was made for it goes on with the next row. */
function fieldsOf({ decisions, type }: Situation): readonly FieldDefinition[] {
  const byType = lists.get(decisions) ?? new Map<string, readonly FieldDefinition[]>();
  lists.set(decisions, byType);
  const fields = byType.get(type) ?? [...decisions.planOf(type).values()].map(({ field }) => field);
  byType.set(type, fields);
  return fields;
}

/** Expects CASL to say the same of a row of which everything is loaded; without, it may say more. */
export function expectCaslAgrees(held: Situation): void {
  const granted = grantedOn(held);
  for (const [name, { disclosure }] of verdictsOn(held)) {
    if (disclosure !== granted.get(name))
      throw new Error(`${name}: ${disclosure}, and can() says ${granted.get(name)}`);
  }
}

/** Expects the row condition to hold in memory exactly where CASL lets the row be seen. */
export function expectRowsAgree({ decisions, type, row }: Situation): void {
  const { ability } = decisions.bound;
  const subject = { ...row, __typename: type };
  for (const action of ["see", "know", "count"] as const) {
    const isMatched = compilePredicate(decisions.rows(action, type))(row);
    expect(isMatched).toBe(ability.can(action, subject));
  }
  expect(decisions.canSee(type, row)).toBe(ability.can("see", subject));
  expect(decisions.rowVerdict(type, row).isVisible).toBe(ability.can("see", subject));
}

/**
 * Expects that nothing is shown after that was not shown before.
 *
 * @param jointCaps ids of rules that hold a field down because of another one: where less is shown of
 * that one, they let go
 */
export function expectNoneRaised(
  before: Situation,
  after: Situation,
  jointCaps: ReadonlySet<string> = new Set(),
): void {
  const was = verdictsOn(before);
  for (const [name, { disclosure }] of verdictsOn(after)) {
    const known = was.get(name) as Verdict;
    if (jointCaps.has(known.rule)) continue;
    expect(rankOf(disclosure)).toBeLessThanOrEqual(rankOf(known.disclosure));
  }
  const wasVisible = before.decisions.canSee(before.type, before.row);
  expect(!wasVisible && after.decisions.canSee(after.type, after.row)).toBe(false);
}
