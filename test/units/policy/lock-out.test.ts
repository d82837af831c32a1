import { loadPolicy } from "../../../src/policy/load.ts";
import { imaginaryPeople, lockOutFindings } from "../../../src/policy/lock-out.ts";
import { productDocuments } from "../../support/policy-life.ts";
import { CATALOG } from "../../support/policy-world.ts";

const NOW = new Date("2026-11-20T09:00:00Z");

function foundIn(name: string, change: (text: string) => string): string[] {
  const policy = loadPolicy(productDocuments(name, change), CATALOG);
  const people = imaginaryPeople(policy);
  return lockOutFindings({ policy, catalog: CATALOG, people, now: NOW }).map(
    ({ message }) => message,
  );
}

test("the product's policy can be followed by another, and lets nobody else in", () => {
  expect(foundIn("rows.yaml", (text) => text)).toEqual([]);
});

test.each([
  ["approve", "may: [approvePolicy, activatePolicy]", "may: [activatePolicy]"],
  [
    "be of the operator to approve",
    "organisationIsOperator: true",
    "organisationIsOperator: false",
  ],
])("where nobody may %s, everybody is locked out", (_what, from, to) => {
  const found = foundIn("roles/compliance-officer.yaml", (text) => text.replace(from, to));
  expect(found).toContainEqual(expect.stringMatching(/^No other policy could follow/));
});

test("who lets people of other organisations in is told for which step", () => {
  const found = foundIn("roles/platform-admin.yaml", (text) =>
    text.replace(", organisationIsOperator: true", ""),
  );
  expect(found).toEqual([
    expect.stringContaining("PLATFORM_ADMIN may writePolicy in organisations that do not"),
    expect.stringContaining("PLATFORM_ADMIN may activatePolicy in organisations that do not"),
  ]);
});
