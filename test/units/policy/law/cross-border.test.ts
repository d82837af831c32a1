import { exportRoute, freeFlowTo } from "../../../../src/policy/law/cross-border.ts";
import { lawOf } from "../../../../src/policy/law/law.ts";
import { POLICY } from "../../../support/policy-world.ts";

const NOW = new Date("2026-11-23T12:00:00Z");

const openTo = (location: string | null, at = NOW): readonly string[] =>
  freeFlowTo({ policy: POLICY, location, at });

test("data stays at home unless a law lets it flow", () => {
  expect(openTo("CN")).toEqual(["CN"]);
  expect(openTo("SG")).toEqual(["SG"]);
  expect(openTo("HK")).toEqual(["HK"]);
  expect(openTo("US")).toEqual(["US"]);
});

test("within the European Economic Area, and to where was found adequate, data flows", () => {
  expect(openTo("AT")).toHaveLength(30);
  expect(openTo("DE")).toEqual(openTo("AT"));
  expect(openTo("JP")).toEqual([...openTo("AT"), "JP"].sort());
});

test("what comes later does not hold earlier", () => {
  expect(openTo("JP", new Date("2018-06-01T00:00:00Z"))).toEqual(["JP"]);
  expect(openTo("AT", new Date("2018-05-24T23:59:59Z"))).toEqual(["AT"]);
});

test("to nowhere in particular, and without law packs, nothing flows", () => {
  expect(openTo(null)).toEqual([]);
  const without = { ...POLICY, law: undefined };
  expect(freeFlowTo({ policy: without, location: "CN", at: NOW })).toEqual([]);
});

test.each([
  [0, 0, "EXEMPT"],
  [99_999, 0, "EXEMPT"],
  [100_000, 0, "CONTRACT_OR_CERTIFICATION"],
  [999_999, 0, "CONTRACT_OR_CERTIFICATION"],
  [1_000_000, 0, "SECURITY_ASSESSMENT"],
  [1, 1, "CONTRACT_OR_CERTIFICATION"],
  [9_999, 9_999, "CONTRACT_OR_CERTIFICATION"],
  [10_000, 10_000, "SECURITY_ASSESSMENT"],
])("China, %i persons, %i of them sensitive: %s", (persons, sensitive, route) => {
  expect(exportRoute({ law: lawOf(POLICY, "CN", NOW), persons, sensitive })).toBe(route);
});

test.each([
  ["DE", 0, "EXEMPT"],
  ["DE", 1, "CONTRACT_OR_CERTIFICATION"],
  ["SG", 1, "CONTRACT_OR_CERTIFICATION"],
  ["SG", 5_000_000, "CONTRACT_OR_CERTIFICATION"],
])("%s, %i persons: %s", (place, persons, route) => {
  expect(exportRoute({ law: lawOf(POLICY, place, NOW), persons, sensitive: 0 })).toBe(route);
});

test("before CAC Order 16 no number of persons was exempt", () => {
  const law = lawOf(POLICY, "CN", new Date("2024-03-21T23:59:59Z"));
  expect(exportRoute({ law, persons: 1, sensitive: 0 })).toBe("CONTRACT_OR_CERTIFICATION");
});
