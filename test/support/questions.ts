import fc from "fast-check";
import type { CustomerRecord } from "../../src/customers/customer-record.ts";
import { CustomerGroupField } from "../../src/customers/customer-stats.types.ts";
import { transferId } from "./canaries.ts";
import { CUSTOMER, customerField } from "./policy-world.ts";
import type { Resident } from "./population.ts";

/** A field with two values that look alike at every level below CLEAR, but for pseudonyms. */
export interface Secret {
  readonly field: keyof CustomerRecord;
  readonly one: string | null;
  readonly other: string | null;
}

const GROUPS = Object.keys(CustomerGroupField);
const STATS = `query ($filter: CustomerFilter, $groupBy: [CustomerGroupField!]) {
  customerStats(filter: $filter, groupBy: $groupBy) {
    totalCount smallestGroup groups { count keys { field disclosure value } } } }`;
const CHANGE = `mutation ($input: UpdateCustomerInput!) {
  updateCustomer(input: $input) { customer { id version updatedAt } } }`;

const LEAVES = [...CUSTOMER.fields.values()]
  .filter(({ shape }) => shape !== "relation")
  .map(({ name }) => name);
const OBJECTS = [
  "controller { name }",
  "events(first: 5) { totalCount nodes { kind changedFields source occurredAt } }",
  `ordered: events(first: 2, filter: { kind: { eq: "IMPORTED" } }, orderBy: [{ field: occurredAt }]) { totalCount nodes { changedFields } }`,
  "transfers { totalCount nodes { code items(first: 3) { nodes { state reasons customer { id } } } } }",
  "access { field disclosure reason rule }",
];

/** Documents with their variables, about a secret field among others. */
export function questions(
  secret: Secret,
  residents: readonly Resident[],
): fc.Arbitrary<[string, Record<string, unknown>]> {
  const { field, one, other } = secret;
  const leaf = fc.constantFrom(...LEAVES);
  const selection = fc
    .tuple(fc.uniqueArray(leaf, { maxLength: 6 }), fc.subarray(OBJECTS), fc.boolean())
    .map(([names, objects, isRenamed]) => [
      `${isRenamed ? "secret: " : ""}${field}`,
      "id",
      ...names.filter((name) => name !== field),
      ...objects,
    ])
    .map((parts) => parts.join(" "));
  const id = fc.constantFrom(...residents.map((resident) => resident.id));
  const value = fc.constantFrom(...[one, other, "1", "李"].filter((text) => text !== null));
  const operators = {
    text: ["eq", "startsWith", "contains"],
    lookup: ["eq", "startsWith"],
    exact: ["eq"],
    range: ["eq"],
    // No customer has lists or times by which rows are chosen.
    list: [],
    time: [],
  };
  const operator = operators[customerField(field).filter ?? "exact"];
  const test = fc.oneof(
    value.chain((text) =>
      fc.constantFrom(...operator).map((name) => ({ [field]: { [name]: text } })),
    ),
    value.map((text) => ({ [field]: { in: [text] } })),
    fc.constantFrom(
      { kind: { eq: "INDIVIDUAL" } },
      { state: { eq: "ACTIVE" } },
      { disputeOpen: { eq: false } },
    ),
  );
  const filter = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 2 },
      test,
      fc.record({ not: tie("any") }),
      fc.record({ or: fc.array(tie("any"), { minLength: 1, maxLength: 2 }) }),
      fc.record({ and: fc.array(tie("any"), { minLength: 1, maxLength: 2 }) }),
    ),
  })).any;
  const canFilter = customerField(field).filter !== null;
  const orderField = fc.constantFrom(
    "customerNo",
    "fullName",
    "region",
    "recordedOn",
    "updatedAt",
    "state",
    "birthDate",
  );
  const list = fc.record({
    filter: fc.option(canFilter ? filter : fc.constant({ kind: { eq: "INDIVIDUAL" } })),
    orderBy: fc.option(
      fc
        .record({ field: orderField, direction: fc.constantFrom("ASC", "DESC") })
        .map((key) => [key]),
    ),
    first: fc.integer({ min: 0, max: 8 }),
  });
  return fc.oneof(
    fc.tuple(
      selection.map(
        (fields) =>
          `query ($filter: CustomerFilter, $orderBy: [CustomerOrder!], $first: Int) {
          customers(filter: $filter, orderBy: $orderBy, first: $first) {
            totalCount pageInfo { hasNextPage hasPreviousPage endCursor } edges { cursor node { ${fields} } } } }`,
      ),
      list as fc.Arbitrary<Record<string, unknown>>,
    ),
    fc.tuple(
      selection.map((fields) => `query ($id: ID!) { customer(id: $id) { ${fields} } }`),
      id.map((one) => ({ id: one })),
    ),
    fc.tuple(
      selection.map(
        (fields) => `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Customer { ${fields} } } }`,
      ),
      fc.array(id, { maxLength: 5 }).map((ids) => ({ ids })),
    ),
    fc.tuple(
      fc.constant(STATS),
      fc.record({
        filter: fc.option(canFilter ? filter : fc.constant({ kind: { eq: "INDIVIDUAL" } })),
        groupBy: fc.option(fc.subarray([...GROUPS], { minLength: 1, maxLength: 2 })),
      }) as fc.Arbitrary<Record<string, unknown>>,
    ),
    fc.tuple(
      fc.constant(CHANGE),
      fc
        .tuple(id, value, fc.constantFrom("phone", "email", "fullName"), fc.nat({ max: 2 }))
        .map(([one, text, changed, expectedVersion]) => ({
          input: { id: one, expectedVersion, [changed]: text },
        })),
    ),
    fc.tuple(
      selection.map(
        (fields) =>
          `query ($id: ID!) { transfer(id: $id) { items(first: 5) { totalCount nodes { customer { ${fields} } } } } }`,
      ),
      fc.constantFrom("TR-2026-005", "TR-2026-011").map((code) => ({ id: transferId(code) })),
    ),
  );
}
