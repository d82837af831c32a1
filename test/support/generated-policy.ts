import fc from "fast-check";
import type {
  AttributeDefinition,
  Catalog,
  FieldDefinition,
} from "../../src/classification/catalog.ts";
import {
  CATEGORIES,
  CLASSIFICATIONS,
  LEGAL_TAGS,
} from "../../src/classification/classification.ts";
import { DISCLOSURES } from "../../src/classification/disclosure.ts";
import { phone, phoneCountry } from "../../src/classification/renderings/named.ts";
import {
  type FieldStop,
  type Grant,
  type Policy,
  type PolicyRule,
  type RowRule,
  type RowStop,
  STAGES,
} from "../../src/policy/rule.ts";
import { ALWAYS_TEMPLATE, type ConditionTemplate } from "../../src/policy/template.ts";
import { GENERATED_ATTRIBUTES, generatedCondition } from "./generated-conditions.ts";

/** The type about which generated rules speak. */
export const THING = "Thing";

const FIELDS = [
  field({ name: "open", category: "NAME", classification: "PUBLIC", token: true }),
  field({
    name: "held",
    category: "CONTACT",
    classification: "SENSITIVE",
    renderings: { PARTIAL: phone, COARSE: phoneCountry },
  }),
  field({ name: "kept", category: "CONTACT", classification: "PRIVATE", legalTags: ["MEDICAL"] }),
  field({ name: "flag", category: "FAMILY", classification: "PRIVATE", shape: "boolean" }),
];

/** A catalog of one type that has each attribute of the generated rows. */
export const THINGS: Catalog = new Map([
  [
    THING,
    {
      name: THING,
      table: "thing",
      description: "A thing.",
      ownedBy: null,
      concerns: { organisations: [], transfers: [], customer: null },
      sequence: null,
      fields: new Map(FIELDS.map((one) => [one.name, one])),
      attributes: new Map(Object.entries(GENERATED_ATTRIBUTES).map(toAttribute)),
    },
  ],
]);

const when = generatedCondition as fc.Arbitrary<ConditionTemplate>;

/** References that hold for some callers and are unbound for others. */
const callerReference: fc.Arbitrary<ConditionTemplate> = fc.constantFrom<ConditionTemplate[]>(
  {
    kind: "compare",
    attribute: "owner",
    operator: "eq",
    value: { reference: "caller.customerId" },
  },
  { kind: "in", attribute: "label", values: { reference: "caller.caseCodes" } },
  { kind: "not", of: { kind: "includes", attribute: "agents", value: { reference: "caller.id" } } },
);

/** References below `any`, `all` and `not`: where one is unbound, a stop takes the widest reading. */
const nestedReference: fc.Arbitrary<ConditionTemplate> = fc
  .record({
    kind: fc.constantFrom("any" as const, "all" as const),
    of: fc.tuple(fc.oneof(callerReference, when), callerReference),
    isNegated: fc.boolean(),
  })
  .map(({ kind, of, isNegated }): ConditionTemplate => {
    const together: ConditionTemplate = { kind, of };
    return isNegated ? { kind: "not", of: together } : together;
  });

const base = {
  id: fc.uuid(),
  about: fc.constant("A generated rule."),
  types: fc.constant([THING]),
  file: fc.constant("generated.yaml"),
  line: fc.constant(1),
  caller: fc.oneof(
    { weight: 6, arbitrary: fc.constant(ALWAYS_TEMPLATE) },
    fc.constantFrom<ConditionTemplate[]>(
      { kind: "compare", attribute: "mfa", operator: "eq", value: true },
      { kind: "exists", attribute: "fieldCeiling" },
      { kind: "in", attribute: "clearance", values: ["SENSITIVE", "PRIVATE"] },
      { kind: "compare", attribute: "withinWorkingHours", operator: "eq", value: false },
    ),
  ),
  when: fc.oneof(
    { weight: 2, arbitrary: fc.constant(ALWAYS_TEMPLATE) },
    { weight: 5, arbitrary: when },
    callerReference,
    nestedReference,
  ),
};

const stopBase = {
  ...base,
  stage: fc.constantFrom(...STAGES),
  reason: fc.constantFrom("ONE_REASON", "ANOTHER_REASON"),
  source: fc.constant("a statute"),
};

/** Any grant. */
export const generatedGrant: fc.Arbitrary<Grant> = fc.record({
  ...base,
  kind: fc.constant("grant" as const),
  reason: fc.option(fc.constant("GRANT_REASON")),
  levels: fc
    .array(fc.tuple(fc.constantFrom(...CATEGORIES), fc.constantFrom(...DISCLOSURES)), {
      minLength: 2,
      maxLength: 8,
    })
    .map((levels) => new Map(levels)),
  onlyFields: fc.option(fc.constant({ reference: "caller.scopes" })),
});

/** Any stop on fields. */
export const generatedStop: fc.Arbitrary<FieldStop> = fc.record({
  ...stopBase,
  kind: fc.constant("stop" as const),
  fields: fc.record(
    {
      classifications: fc.subarray([...CLASSIFICATIONS], { minLength: 1 }),
      categories: fc.subarray([...CATEGORIES], { minLength: 1 }),
      legalTags: fc.subarray([...LEGAL_TAGS], { minLength: 1 }),
    },
    { requiredKeys: [] },
  ),
  atMost: fc.oneof(
    fc.constantFrom(...DISCLOSURES),
    fc.constant({ reference: "caller.fieldCeiling" }),
  ),
});

/** Any rule about who sees a row. */
export const generatedRowRule: fc.Arbitrary<RowRule> = fc.record({
  ...base,
  kind: fc.constant("row" as const),
  may: fc.constantFrom("see" as const, "see" as const, "count" as const),
});

/** Any stop that hides rows. */
export const generatedRowStop: fc.Arbitrary<RowStop> = fc.record({
  ...stopBase,
  kind: fc.constant("row-stop" as const),
  answer: fc.constantFrom("NOT_FOUND" as const, "GONE" as const),
});

/** Rules of every kind, in any order. */
export const generatedRules: fc.Arbitrary<PolicyRule[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: generatedGrant },
    { weight: 4, arbitrary: generatedStop },
    generatedRowRule,
    generatedRowStop,
  ),
  { maxLength: 8 },
);

/** Rules that are mostly about rows, in any order. */
export const generatedRowRules: fc.Arbitrary<PolicyRule[]> = fc
  .tuple(
    fc.array(generatedRowRule, { minLength: 1, maxLength: 4 }),
    fc.array(fc.oneof(generatedRowStop, generatedGrant, generatedStop), { maxLength: 4 }),
  )
  .chain(([grants, others]) => {
    const all: PolicyRule[] = [...grants, ...others];
    return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
  });

/** A policy that consists of rules alone. */
export function policyOf(rules: readonly PolicyRule[]): Policy {
  return { version: "generated", purposes: new Map(), roles: new Map(), rules };
}

function field(
  particulars: Pick<FieldDefinition, "name" | "category" | "classification"> &
    Partial<FieldDefinition>,
): FieldDefinition {
  return {
    type: THING,
    column: particulars.name,
    description: "A field.",
    legalTags: [],
    shape: "text",
    renderings: {},
    token: false,
    filter: null,
    sortable: false,
    isSealed: false,
    derivesFrom: [],
    namesFields: false,
    ...particulars,
  };
}

function toAttribute([name, kind]: [string, AttributeDefinition["kind"]]): [
  string,
  AttributeDefinition,
] {
  return [name, { name, column: name, kind, description: "An attribute." }];
}
