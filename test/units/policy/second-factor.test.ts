import { isFresh } from "../../../src/policy/second-factor.ts";
import { POLICY } from "../../support/policy-world.ts";
import { faultsOf, smallPolicy } from "../../support/small-policy.ts";

const NOW = new Date("2026-11-20T09:00:00Z");
const policy = { secondFactor: { validMinutes: 60, source: "a norm" } };

function freshAt(iso: string | null): boolean {
  const caller = { authenticatedAt: iso === null ? null : new Date(iso) };
  return isFresh({ policy, caller, now: NOW });
}

test("a second factor counts for the minutes that the policy says, the last one included", () => {
  expect(freshAt("2026-11-20T08:00:00Z")).toBe(true);
  expect(freshAt("2026-11-20T07:59:59.999Z")).toBe(false);
});

test("a token that does not tell when somebody signed in is taken at its word", () => {
  expect(freshAt(null)).toBe(true);
});

test("without the document it counts as long as the token", () => {
  const caller = { authenticatedAt: new Date(0) };
  expect(isFresh({ policy: {}, caller, now: NOW })).toBe(true);
});

test("our policy says how long", () => {
  expect(POLICY.secondFactor).toEqual({
    validMinutes: 720,
    source: "PIPL Art. 51(3); NIST SP 800-63B section 4.2.3",
  });
});

const written = (minutes: string): string => `second-factor:
  about: How long it counts.
  source: a norm
  valid-minutes: ${minutes}
`;

test.each(["0", "-60", "59.5", "long", "[60]", ".inf"])("%s is no age", (minutes) => {
  expect(faultsOf(smallPolicy({ "second-factor.yaml": written(minutes) }))).toEqual([
    'second-factor.yaml:4: "valid-minutes" is a whole number from 1 on.',
  ]);
});

test("two documents about the second factor are a fault", () => {
  const files = smallPolicy({ "a.yaml": written("60"), "b.yaml": written("90") });
  expect(faultsOf(files)).toEqual(['b.yaml:2: "second-factor" is said twice.']);
});
