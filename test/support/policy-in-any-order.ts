import { join } from "node:path";
import fc from "fast-check";
import { isMap, isSeq, parseDocument } from "yaml";
import { DISCLOSURES } from "../../src/classification/disclosure.ts";
import { CATEGORIES, CLASSIFICATIONS } from "../../src/classification/classification.ts";
import { type PolicyFile, readPolicyFiles } from "../../src/policy/document.ts";
import { loadPolicy } from "../../src/policy/load.ts";
import { type Policy, type PolicyRule, STAGES } from "../../src/policy/rule.ts";
import { ALWAYS_TEMPLATE, type ConditionTemplate } from "../../src/policy/template.ts";
import { CATALOG, POLICY } from "./policy-world.ts";
import { runSeed } from "./runs.ts";

const FILES = readPolicyFiles(join(import.meta.dirname, "../../policies"));

/** The same things in any order. */
export function inAnyOrder<Thing>(things: readonly Thing[]): fc.Arbitrary<Thing[]> {
  return fc.shuffledSubarray([...things], { minLength: things.length, maxLength: things.length });
}

/** The product's documents in any order, each with its rules in any order. */
const shuffledFiles: fc.Arbitrary<PolicyFile[]> = fc
  .tuple(inAnyOrder(FILES), fc.infiniteStream(fc.nat()))
  .map(([files, draws]) =>
    files.map(({ name, text }) => {
      const document = parseDocument(text);
      if (!isMap(document.contents)) return { name, text };
      for (const { value } of document.contents.items) {
        if (!isSeq(value)) continue;
        value.items = value.items
          .map((item) => ({ item, at: draws.next().value as number }))
          .sort((one, other) => one.at - other.at)
          .map(({ item }) => item);
      }
      return { name, text: document.toString() };
    }),
  );

// Reading documents takes longer than deciding, so some readings serve many runs.
const READINGS = fc
  .sample(shuffledFiles, { numRuns: 40, seed: runSeed() })
  .map((files) => loadPolicy(files, CATALOG));

/** The product's policy, read from documents in another order, with its rules in yet another. */
export const loadedAnew: fc.Arbitrary<Policy> = fc
  .constantFrom(...READINGS)
  .chain((policy) => inAnyOrder(policy.rules).map((rules) => ({ ...policy, rules })));

/** A rule to add to the product's: its conditions are made of those of rules about the same types. */
export function additionsFor(effect: "stop" | "grant"): fc.Arbitrary<PolicyRule> {
  return fc.constantFrom(...POLICY.rules).chain(({ types }) => {
    const alike = POLICY.rules.filter((rule) => String(rule.types) === String(types));
    const when = madeOf(alike.map((rule) => rule.when));
    const caller = madeOf(alike.map((rule) => rule.caller));
    const base = fc.record({ when, caller, isAboutRows: fc.integer({ min: 0, max: 4 }) });
    const particulars = effect === "stop" ? stopParticulars : grantParticulars;
    return fc.tuple(base, particulars).map(([{ isAboutRows, ...conditions }, more]) => ({
      id: "an addition",
      about: "An addition.",
      file: "addition.yaml",
      line: 1,
      types,
      ...conditions,
      ...more,
      ...(isAboutRows === 0 && { kind: effect === "stop" ? "row-stop" : "row" }),
    })) as unknown as fc.Arbitrary<PolicyRule>;
  });
}

function madeOf(known: readonly ConditionTemplate[]): fc.Arbitrary<ConditionTemplate> {
  const one = fc.constantFrom(...known);
  const several = fc.array(one, { minLength: 1, maxLength: 2 });
  return fc.oneof(
    fc.constant(ALWAYS_TEMPLATE),
    one,
    one.map((of): ConditionTemplate => ({ kind: "not", of })),
    several.map((of): ConditionTemplate => ({ kind: "any", of })),
    several.map((of): ConditionTemplate => ({ kind: "not", of: { kind: "all", of } })),
  );
}

const stopParticulars = fc.record({
  kind: fc.constant("stop"),
  stage: fc.constantFrom(...STAGES),
  reason: fc.constant("ADDED"),
  source: fc.constant("a statute"),
  answer: fc.constantFrom("NOT_FOUND", "GONE"),
  atMost: fc.oneof(
    fc.constantFrom(...DISCLOSURES),
    fc.constant({ reference: "caller.fieldCeiling" }),
  ),
  fields: fc.record(
    {
      classifications: fc.subarray([...CLASSIFICATIONS], { minLength: 1 }),
      categories: fc.subarray([...CATEGORIES], { minLength: 1 }),
    },
    { requiredKeys: [] },
  ),
});

const grantParticulars = fc.record({
  kind: fc.constant("grant"),
  reason: fc.option(fc.constant("ADDED")),
  levels: fc
    .array(fc.tuple(fc.constantFrom(...CATEGORIES), fc.constantFrom(...DISCLOSURES)), {
      minLength: 2,
      maxLength: 8,
    })
    .map((levels) => new Map(levels)),
  onlyFields: fc.option(fc.constant({ reference: "caller.scopes" })),
});
