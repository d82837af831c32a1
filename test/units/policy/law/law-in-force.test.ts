import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../../../src/lib/package-root.ts";
import { lawInForce } from "../../../../src/policy/law/law-in-force.ts";
import { loadPolicy } from "../../../../src/policy/load.ts";
import { CATALOG, POLICY } from "../../../support/policy-world.ts";
import { smallPolicy } from "../../../support/small-policy.ts";

const OTHER = readFileSync(join(packageRoot(), "policies/law/other.yaml"), "utf8");
const on = (day: string): Date => new Date(`${day}Z`);
const underOther = (text: string, others = {}): string | null =>
  lawInForce(
    loadPolicy(smallPolicy({ "law/other.yaml": text, ...others }), CATALOG),
    on("2026-11-23T09:00:00"),
  );

test("a day has one text, twelve hex digits", () => {
  const digest = lawInForce(POLICY, on("2026-11-23T00:00:00"));
  expect(digest).toMatch(/^[0-9a-f]{12}$/);
  expect(lawInForce(POLICY, on("2026-11-23T23:59:59.999"))).toBe(digest);
  expect(lawInForce(POLICY, on("2026-11-24T00:00:00"))).toBe(digest);
});

test("a fact that begins at midnight changes it without a new policy", () => {
  expect(lawInForce(POLICY, on("2026-01-01T00:00:00"))).not.toBe(
    lawInForce(POLICY, on("2025-12-31T23:59:59.999")),
  );
});

test("what says nothing else leaves it as it is", () => {
  const policy = underOther(OTHER);
  expect(underOther(`# A comment.\n${OTHER}`)).toBe(policy);
  expect(underOther(OTHER.replace("value: 16", "value: 17"))).not.toBe(policy);
  const more = {
    "law/xa.yaml": `law: XA
about: A law.
covers: [XA]
facts:
  guardian-consent-age:
    - value: 15
      unit: years
      source: A clause
      confidence: QUOTED
`,
  };
  expect(underOther(OTHER, more)).not.toBe(policy);
});

test("a policy without law packs has none", () => {
  expect(lawInForce(loadPolicy(smallPolicy(), CATALOG), new Date())).toBeNull();
});
