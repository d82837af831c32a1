import {
  BIRTH_DATE,
  candidatesLeft,
  RESIDENT_NUMBER,
} from "../../../src/classification/anatomy.ts";
import { readNationalId } from "../../../src/lib/national-id.ts";
import { fewCandidates } from "../../../src/policy/few-candidates.ts";
import { draftOf, redrafted } from "../../support/draft-policy.ts";
import { CATALOG, POLICY } from "../../support/policy-world.ts";

const NOW = new Date("2026-11-20T09:00:00Z");
const SIX_AND_FOUR = [
  "home.zone",
  "home.province",
  "home.city",
  "home.district",
  "id.order",
  "id.sex",
  "id.check",
];

describe("a resident number of which six digits and four are shown", () => {
  test("has 2,357 candidates over 1940 to 2010, 33 with the year, and one with the birth date", () => {
    const leaves = (...known: string[]): number =>
      candidatesLeft(RESIDENT_NUMBER, new Set([...SIX_AND_FOUR, ...known]));
    expect(leaves()).toBe(2_357);
    expect(leaves("birth.year")).toBe(33);
    expect(leaves("birth.year", "birth.day")).toBe(1);
  });

  test("has as many when each day is tried out", () => {
    const fitting = (year: number): number =>
      daysOf(year).filter((day) => "id" in readNationalId(`110105${day}002X`)).length;
    const years = Array.from({ length: 71 }, (_, at) => 1940 + at);
    const counts = years.map(fitting);
    const all = counts.reduce((sum, count) => sum + count, 0);
    expect(Math.abs(all - 2_357)).toBeLessThan(25);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(30);
    expect(Math.max(...counts)).toBeLessThanOrEqual(36);
  });
});

test("a year leaves the days of it", () => {
  expect(candidatesLeft(BIRTH_DATE, new Set(["birth.year"]))).toBe(365);
  expect(candidatesLeft(BIRTH_DATE, new Set())).toBe(25_933);
});

test("the product's forms leave enough together, whoever holds two roles", () => {
  expect(POLICY.counts?.fewestCandidates).toBe(20);
  expect(fewCandidates(POLICY, CATALOG, NOW)).toEqual([]);
});

test("a policy that wants more is told who sees what together, and how few are left", () => {
  const strict = draftOf(
    redrafted("counts.yaml", ["fewest-candidates: 20", "fewest-candidates: 50"]),
  );
  const found = fewCandidates(strict, CATALOG, NOW);
  expect(found).toContainEqual(
    expect.objectContaining({
      severity: "warning",
      message: expect.stringMatching(
        /sees .*idNumber at PARTIAL, birthDate at COARSE.*that leaves 33 candidates of Customer\.idNumber, and the policy wants 50\./,
      ),
    }),
  );
});

test("forms that leave one candidate are told: six and four beside a birth date", () => {
  const customer = CATALOG.get("Customer");
  const idNumber = customer?.fields.get("idNumber");
  const birthDate = customer?.fields.get("birthDate");
  if (customer === undefined || idNumber === undefined || birthDate === undefined)
    throw new Error("No such field.");
  const fields = new Map(customer.fields)
    .set("idNumber", { ...idNumber, shows: { PARTIAL: SIX_AND_FOUR } })
    .set("birthDate", { ...birthDate, shows: { COARSE: ["birth.year", "birth.day"] } });
  const found = fewCandidates(
    POLICY,
    new Map(CATALOG).set("Customer", { ...customer, fields }),
    NOW,
  );
  expect(found.map(({ message }) => message)).toContainEqual(
    expect.stringContaining("that leaves 1 candidates of Customer.idNumber"),
  );
});

function daysOf(year: number): string[] {
  const days: string[] = [];
  for (let day = new Date(Date.UTC(year, 0, 1)); day.getUTCFullYear() === year;) {
    days.push(day.toISOString().slice(0, 10).replaceAll("-", ""));
    day = new Date(day.getTime() + 86_400_000);
  }
  return days;
}
