import { loadCatalog } from "../../../src/catalog.ts";
import { PolicyFaults } from "../../../src/policy/fault.ts";
import { loadPolicy } from "../../../src/policy/load.ts";
import { toxicPairsOf } from "../../../src/policy/toxic-pairs.ts";

const PURPOSES = "purposes: [{ code: WORK, about: To work., basis: STATUTE }]\n";
const roleOf = (role: string, verb: string, type: string): string => `
role: ${role}
about: Works.
kind: STAFF
grants: [{ id: work, about: Works., types: [${type}], purposes: [WORK], may: [${verb}] }]
`;
const REVIEWS = `
reviews:
  source: x
  decide-within-days: 7
  ends-when-overdue: NOTHING
  toxic-pairs: [{ id: pair, about: Not both., one: [writePolicy], other: [approvePolicy] }]
`;

function load(reviews: string): ReturnType<typeof loadPolicy> {
  const documents = {
    "purposes.yaml": PURPOSES,
    "roles/w.yaml": roleOf("WRITER", "writePolicy", "Customer"),
    "roles/a.yaml": roleOf("APPROVER", "approvePolicy", "Customer"),
    "roles/e.yaml": roleOf("ENDER", "endElevation", "Elevation"),
    "reviews.yaml": reviews,
  };
  const files = Object.entries(documents).map(([name, text]) => ({ name, text }));
  return loadPolicy(files, loadCatalog());
}

test.each([
  ["WRITER", ["WRITER"], []],
  ["WRITER", ["WRITER", "APPROVER"], ["pair"]],
  ["APPROVER", ["WRITER", "APPROVER"], ["pair"]],
  ["ENDER", ["WRITER", "APPROVER", "ENDER"], []],
])("%s beside %j is part of %j", (role, roles, pairs) => {
  expect(toxicPairsOf(load(REVIEWS), role, roles)).toEqual(pairs);
});

test("without the document there are no pairs", () => {
  const policy = { ...load(REVIEWS), reviews: undefined };
  expect(toxicPairsOf(policy, "WRITER", ["WRITER", "APPROVER"])).toEqual([]);
});

test.each([
  [REVIEWS.replace("7", "0"), "whole number from 1 on"],
  [REVIEWS.replace("NOTHING", "SOMETHING"), "SOMETHING"],
  [REVIEWS.replace("writePolicy", "fly"), "fly"],
  [REVIEWS.replace("one: [writePolicy], ", ""), 'under "one"'],
  [REVIEWS.replace("source: x", "source: x\n  more: y"), "more"],
])("%s is a fault", (text, said) => {
  let faults = "";
  try {
    load(text);
  } catch (error) {
    if (!(error instanceof PolicyFaults)) throw error;
    faults = error.faults.map(({ message }) => message).join(" ");
  }
  expect(faults).toContain(said);
});
