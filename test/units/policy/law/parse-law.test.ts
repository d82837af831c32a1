import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadPolicy } from "../../../../src/policy/load.ts";
import { packageRoot } from "../../../../src/lib/package-root.ts";
import { CATALOG } from "../../../support/policy-world.ts";
import { faultsOf, smallPolicy } from "../../../support/small-policy.ts";

const OTHER = readFileSync(join(packageRoot(), "policies/law/other.yaml"), "utf8");

const pack = (facts: string, head = ""): string => `law: XA
about: Somewhere.
covers: [XA]
${head}facts:
${facts}`;

const age = (more: string): string => `  guardian-consent-age:
    - ${more}
      source: a clause
      confidence: VERIFIED
`;

function faultsIn(text: string, others: Readonly<Record<string, string>> = {}): string[] {
  return faultsOf(smallPolicy({ "law/other.yaml": OTHER, "law/xa.yaml": text, ...others }));
}

test("a pack says each fact with its day, source and confidence; the digest covers it", () => {
  const files = smallPolicy({
    "law/other.yaml": OTHER,
    "law/xa.yaml": pack(age("value: 15\n      effective-from: 2020-01-01")),
  });
  const policy = loadPolicy(files, CATALOG);
  expect(policy.law?.get("XA")?.facts.get("guardian-consent-age")).toEqual([
    expect.objectContaining({
      value: 15,
      unit: null,
      from: "2020-01-01",
      source: "a clause",
      confidence: "VERIFIED",
      file: "law/xa.yaml",
      line: 6,
    }),
  ]);
  expect(policy.version).not.toBe(loadPolicy(smallPolicy(), CATALOG).version);
  expect(loadPolicy(smallPolicy(), CATALOG).law).toBeUndefined();
});

test.each([
  [
    pack(age("value: 15").replace("guardian-consent-age", "guardian-consnt-age")),
    'law/xa.yaml:6: "guardian-consnt-age" is not a word here. Did you mean "guardian-consent-age"?',
  ],
  [
    pack(age("value: fifteen")),
    'law/xa.yaml:6: "guardian-consent-age" is a whole number from 1 on.',
  ],
  [pack(age("value: 0")), 'law/xa.yaml:6: "guardian-consent-age" is a whole number from 1 on.'],
  [
    pack(age("value: 15\n      unit: days")),
    'law/xa.yaml:7: "guardian-consent-age" is counted in years.',
  ],
  [
    pack(age("value: 15").replace("VERIFIED", "VERIFED")),
    'law/xa.yaml:8: "confidence" is "VERIFED", which is unknown. Did you mean "VERIFIED"?',
  ],
  [
    pack(age("value: 15").replace("source: a clause", "about: a clause")),
    'law/xa.yaml:7: "about" is not a word here.',
  ],
  [
    pack(age("value: 15\n      effective-from: 2026-02-30")),
    'law/xa.yaml:7: "effective-from" is a day such as 2026-01-31.',
  ],
  [
    pack(`${age("value: 15")}    - value: 16
      source: another
      confidence: QUOTED
`),
    'law/xa.yaml:6: "guardian-consent-age" is said twice for always.',
  ],
  [pack("  guardian-consent-age: []\n"), '"guardian-consent-age" is empty.'],
  [
    pack("  notice-window:\n    - { value: 3, source: a, confidence: QUOTED }\n"),
    '"unit" is missing',
  ],
  [
    pack("  export-contract-from:\n    - { value: 3, source: a, confidence: QUOTED }\n"),
    '"bound" is missing',
  ],
  [
    pack("  free-flow-to:\n    - { value: [cn], source: a, confidence: QUOTED }\n"),
    '"free-flow-to" is a list of places',
  ],
  [
    pack("  due-diligence-consent:\n    - { value: yes please, source: a, confidence: QUOTED }\n"),
    '"due-diligence-consent" is true or false.',
  ],
  [
    pack("  transfer-training-share:\n    - { value: 101, source: a, confidence: QUOTED }\n"),
    '"transfer-training-share" is a whole number',
  ],
  [pack(age("value: 15"), "builds-on: XB\n"), '"builds-on" is "XB", which is unknown.'],
  [pack(age("value: 15")).replace("[XA]", "[xa]"), '"covers" is a list of places'],
])("a slip in a pack is a fault with its line", (text, fault) => {
  expect(faultsIn(text)).toContainEqual(expect.stringContaining(fault));
});

test("packs are checked against each other", () => {
  const twice = { "law/xb.yaml": pack(age("value: 15")) };
  expect(faultsIn(pack(age("value: 15")), twice)).toEqual([
    'law/xb.yaml:1: The law "XA" is told twice.',
  ]);
  const same = { "law/xb.yaml": pack(age("value: 15")).replace("law: XA", "law: XB") };
  expect(faultsIn(pack(age("value: 15")), same)).toEqual([
    "law/xb.yaml:3: XA is covered by XA already.",
  ]);
  const one = pack(age("value: 15"), "builds-on: XB\n");
  const other = one.replaceAll("XA", "XC").replace("law: XC", "law: XB").replace("n: XB", "n: XA");
  expect(faultsIn(one, { "law/xb.yaml": other })).toEqual([
    "law/xa.yaml:4: A pack can't build on itself.",
    "law/xb.yaml:4: A pack can't build on itself.",
  ]);
});

test("the strictest pack says everything and always, and must be there", () => {
  const gap = OTHER.replace(/ {2}consent-reask-ban:\n(?: {4}.*\n)+/, "");
  expect(faultsOf(smallPolicy({ "law/other.yaml": gap }))).toEqual([
    expect.stringContaining('OTHER must say "consent-reask-ban" without "effective-from".'),
  ]);
  expect(faultsOf(smallPolicy({ "law/xa.yaml": pack(age("value: 15")) }))).toEqual([
    "law/xa.yaml:1: There is no law pack OTHER to fall back on.",
  ]);
});
