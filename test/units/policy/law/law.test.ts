import { FACT_NAMES } from "../../../../src/policy/law/facts.ts";
import { type Law, lawOf, reaches, statementsOf } from "../../../../src/policy/law/law.ts";
import { POLICY } from "../../../support/policy-world.ts";

const law = (jurisdiction: string, day = "2026-11-23"): Law =>
  lawOf(POLICY, jurisdiction, new Date(`${day}T00:00:00Z`));

test.each([
  ["CN", 14, 18],
  ["DE", 16, 18],
  ["FR", 16, 18],
  ["SG", 16, 18],
  ["ZZ", 16, 18],
])("%s: a guardian agrees below %i, and majority is at %i", (place, guardian, majority) => {
  expect(law(place).age("guardian-consent-age")).toBe(guardian);
  expect(law(place).age("majority-age")).toBe(majority);
});

test("a pack builds on another, and OTHER says what both leave unsaid", () => {
  expect(law("DE").packs.map(({ code }) => code)).toEqual(["DE", "EU", "OTHER"]);
  expect(law("DE").fact("objection-window")).toMatchObject({ value: 42, pack: "DE" });
  expect(law("FR").fact("objection-window")).toMatchObject({ value: 30, pack: "OTHER" });
  expect(law("DE").time("breach-authority-due")).toEqual({ value: 72, unit: "hours" });
  expect(law("CN").time("breach-authority-due")).toEqual({ value: 4, unit: "hours" });
  expect(law("XX").packs.map(({ code }) => code)).toEqual(["OTHER"]);
});

test("a later entry takes the place of an earlier one from the beginning of its day in UTC", () => {
  const clauseAt = (time: string): string | undefined =>
    lawOf(POLICY, "CN", new Date(time)).fact("keep-network-log")?.source;
  expect(clauseAt("2025-12-31T23:59:59.999Z")).toBe("Cybersecurity Law Art. 21(3)");
  expect(clauseAt("2026-01-01T00:00:00.000Z")).toBe("Cybersecurity Law Art. 23(3) as amended");
});

test("before a law came into force the strictest pack holds", () => {
  expect(law("CN", "2021-10-31").fact("guardian-consent-age")).toMatchObject({ pack: "OTHER" });
  expect(law("CN", "2021-11-01").fact("guardian-consent-age")).toMatchObject({ pack: "CN" });
});

test("what no law says is nothing where it is optional", () => {
  expect(law("SG").threshold("export-assessment-from")).toBeNull();
  expect(reaches(1e9, law("SG").threshold("export-assessment-from"))).toBe(false);
});

test("以上 includes the number, 超过 does not", () => {
  const report = law("CN").threshold("regulator-report-from");
  expect([9_999_999, 10_000_000].map((persons) => reaches(persons, report))).toEqual([false, true]);
  const audit = law("CN").threshold("compliance-audit-from");
  expect([10_000_000, 10_000_001].map((persons) => reaches(persons, audit))).toEqual([false, true]);
});

test("every fact of every pack has a source, and every jurisdiction has every fact that must be", () => {
  for (const pack of POLICY.law?.values() ?? [])
    for (const fact of [...pack.facts.values()].flat()) expect(fact.source).not.toBe("");
  for (const place of ["CN", "DE", "FR", "SG"])
    expect(() => FACT_NAMES.map((name) => law(place).fact(name))).not.toThrow();
});

test("the statements of a pack are its own, as they hold at a time", () => {
  const cn = POLICY.law?.get("CN");
  const said = cn === undefined ? [] : statementsOf(cn, new Date("2018-01-01T00:00:00Z"));
  expect(said.map(({ name }) => name)).toContain("keep-network-log");
  expect(said.map(({ name }) => name)).not.toContain("guardian-consent-age");
});
