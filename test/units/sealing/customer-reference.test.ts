import { createSecretKey, randomBytes, randomUUID } from "node:crypto";
import fc from "fast-check";
import { customerReferences } from "../../../src/sealing/customer-reference.ts";
import { propertyRuns } from "../../support/runs.ts";

const KEY = createSecretKey(randomBytes(32));
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

test("an id has one reference, alone, among others and when it is asked for again", () => {
  const id = fc.oneof(fc.uuid(), fc.constantFrom("", "nobody", "0192a000"));
  fc.assert(
    fc.property(fc.array(id, { maxLength: 20 }), (ids) => {
      const references = customerReferences(KEY);
      const alone = ids.map((one) => customerReferences(KEY).referenceOf(one));
      expect(references.referencesOf(ids)).toEqual(alone);
      expect(references.referencesOf(ids)).toEqual(alone);
      expect(references.referencesOf(ids.toReversed())).toEqual(alone.toReversed());
    }),
    { numRuns: propertyRuns(100) },
  );
});

test("a reference leads to its id under its key, and looks like any id", () => {
  const references = customerReferences(KEY);
  const others = customerReferences(createSecretKey(randomBytes(32)));
  const id = randomUUID();
  const reference = references.referenceOf(id) ?? "";
  expect(reference).toMatch(UUID);
  expect(reference).not.toBe(id);
  expect(references.customerOf(reference)).toBe(id);
  expect(others.referenceOf(id)).not.toBe(reference);
  expect(others.customerOf(reference)).not.toBe(id);
});

test("what is no UUID has no reference, and what is none leads to nobody", () => {
  const references = customerReferences(KEY);
  expect(references.referenceOf("zhang")).toBeNull();
  expect(references.referencesOf(["zhang", ""])).toEqual([null, null]);
  expect(references.customerOf("zhang")).toBeNull();
});

test("every id has its reference, also where there are more than are remembered", () => {
  const references = customerReferences(KEY);
  const ids = Array.from({ length: 25_000 }, () => randomUUID());
  const made = references.referencesOf(ids);
  expect(made).not.toContain(null);
  expect(made.map((reference) => references.customerOf(reference ?? ""))).toEqual(ids);
  expect(references.referencesOf(ids)).toEqual(made);
});
