import fc from "fast-check";
import type { AttributeKind } from "../../src/classification/catalog.ts";
import type { Condition, Scalar } from "../../src/policy/condition.ts";

/** One attribute of each kind, named as its column. */
export const GENERATED_ATTRIBUTES = {
  owner: "uuid",
  label: "text",
  other_label: "text",
  held: "boolean",
  born: "date",
  epoch: "integer",
  agents: "uuid[]",
  purposes: "text[]",
} as const satisfies Readonly<Record<string, AttributeKind>>;

const UUIDS = [1, 2, 3].map((n) => `0197c000-0000-7000-8000-00000000000${n}`);
/** Texts that have a meaning in SQL, in array literals or in an order. */
const TEXTS = [
  "",
  "a",
  "A",
  "b",
  "ä",
  "%",
  "_",
  "\\",
  "'",
  '"',
  "{}",
  "NULL",
  "😀",
  "～",
  "$1",
  ",",
];
const DATES = ["0001-01-01", "1999-12-31", "2020-02-29", "9999-12-31"];
const INTEGERS = [-2_147_483_648, -1, 0, 1, 2, 2_147_483_647];

const storedText = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.string({ unit: "binary", maxLength: 3 }).filter((text) => !text.includes("\0")),
);

const STORED = {
  uuid: fc.constantFrom(...UUIDS),
  text: storedText,
  boolean: fc.boolean(),
  date: fc.constantFrom(...DATES),
  integer: fc.constantFrom(...INTEGERS),
};

/** Rows with each attribute missing now and then, and lists that are empty or hold nulls. */
export const generatedRow = fc.record({
  owner: fc.option(STORED.uuid),
  label: fc.option(STORED.text),
  other_label: fc.option(STORED.text),
  held: fc.option(STORED.boolean),
  born: fc.option(STORED.date),
  epoch: fc.option(STORED.integer),
  agents: fc.option(fc.array(fc.option(STORED.uuid), { maxLength: 3 })),
  purposes: fc.option(fc.array(fc.option(STORED.text), { maxLength: 3 })),
});

/** Values of every kind, and some that no column of any kind can hold. */
const foreignValue: fc.Arbitrary<Scalar> = fc.oneof(
  ...Object.values<fc.Arbitrary<Scalar>>(STORED),
  fc.constantFrom<Scalar[]>("no-uuid", String(UUIDS[0]).toUpperCase(), "2021-02-30", "2021"),
  fc.constantFrom<Scalar[]>(1.5, -0, 1e20, -1e20, Number.NaN, Infinity, -Infinity),
  fc.date({ noInvalidDate: true }),
);
const unstorableText = fc.constantFrom<Scalar[]>("\0", "a\0", "\ud800", "\ufffd");
const order = fc.constantFrom("lt", "lte", "gt", "gte");

/** Every comparison of one attribute, mostly with values of its own kind. */
function comparisonsOf([name, kind]: [string, AttributeKind]): fc.Arbitrary<unknown> {
  const own = STORED[kind.replace("[]", "") as keyof typeof STORED] as fc.Arbitrary<Scalar>;
  const ordered = fc.oneof({ weight: 6, arbitrary: own }, foreignValue);
  const value = fc.oneof({ weight: 20, arbitrary: ordered }, unstorableText);
  const values = fc.array(value, { maxLength: 4 });
  const attribute = fc.constant(name);
  return fc.oneof(
    fc.record({ kind: fc.constant("compare"), attribute, operator: fc.constant("eq"), value }),
    fc.record({ kind: fc.constant("compare"), attribute, operator: order, value: ordered }),
    fc.record({ kind: fc.constant("in"), attribute, values }),
    fc.record({ kind: fc.constant("exists"), attribute }),
    fc.record({ kind: fc.constant("includes"), attribute, value }),
    fc.record({ kind: fc.constant("overlaps"), attribute, values }),
  );
}

const comparison = fc.oneof(...Object.entries(GENERATED_ATTRIBUTES).map(comparisonsOf));

/** Every kind of condition over every kind of attribute and value, nested and negated. */
export const generatedCondition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>(
  (tie) => ({
    condition: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      { weight: 6, arbitrary: comparison as fc.Arbitrary<Condition> },
      fc.record({ kind: fc.constant("always"), value: fc.boolean() }),
      {
        weight: 5,
        arbitrary: fc.record({
          kind: fc.constantFrom("all", "any"),
          of: fc.array(tie("condition"), { maxLength: 3 }),
        }),
      },
      { weight: 4, arbitrary: fc.record({ kind: fc.constant("not"), of: tie("condition") }) },
    ),
  }),
).condition;
