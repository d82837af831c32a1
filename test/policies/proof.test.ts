import { percentOf, type Proof, provePolicy } from "../../src/proving/prove-policy.ts";
import { CATALOG, POLICY, TABLES_FOLDER } from "../support/policy-world.ts";

let proof: Proof;

beforeAll(() => {
  const now = new Date("2026-11-20T09:00:00Z");
  proof = provePolicy({ policy: POLICY, catalog: CATALOG, folder: TABLES_FOLDER, now });
}, 60_000);

test("every case holds", () => {
  expect(proof.failed.map(({ expected, failure }) => `${expected.title}: ${failure}`)).toEqual([]);
  expect(proof.cases).toBeGreaterThanOrEqual(390);
});

test("every outcome of role x purpose x category is expected by a case", () => {
  expect(proof.coverage.missing).toEqual([]);
  expect(proof.coverage.outcomes).toBeGreaterThanOrEqual(1_500);
});

test("at least 95 of 100 wrong policies are noticed, and the others are explained", () => {
  expect(proof.score?.mutants).toBeGreaterThanOrEqual(400);
  expect(proof.score && percentOf(proof.score)).toBeGreaterThanOrEqual(95);
  expect(proof.silent.map(({ rule, change }) => `${rule.id}: ${change}`)).toEqual([]);
  expect(proof.stale).toEqual([]);
});
