import { type Finding, findingsIn } from "../../../src/policy/findings.ts";
import { loadPolicy } from "../../../src/policy/load.ts";
import { CATALOG, POLICY } from "../../support/policy-world.ts";
import {
  inAgent,
  inRows,
  inStop,
  type PolicyChange,
  smallPolicy,
} from "../../support/small-policy.ts";

const NOW = new Date("2026-11-20T09:00:00Z");

test("the product's own policies are clean", () => {
  expect(findingsIn(POLICY, CATALOG, NOW)).toEqual([]);
});

test("a category that nobody is given is told", () => {
  const messages = findingsOf({}).map(({ severity, message }) => `${severity}: ${message}`);
  expect(messages).toContain(
    "warning: No grant gives FAMILY: nobody sees those fields at any level.",
  );
  expect(messages).toHaveLength(7);
});

const STOP = "stops/state.yaml";
const ODD: [what: string, change: PolicyChange, findings: string[]][] = [
  [
    "a condition that contradicts itself",
    inStop("{ legalHold: true }", "{ state: SEALED, not: { state: [SEALED, ACTIVE] } }"),
    [`${STOP}:2: error: "state/held" holds on no row: its condition contradicts itself.`],
  ],
  [
    "a caller whom there can't be",
    inStop("when: { legalHold: true }", "caller: { kind: ANONYMOUS }"),
    [
      `${STOP}:2: error: "state/held" holds for no caller: no role has it for any purpose. Look at roles, purposes and caller.`,
    ],
  ],
  [
    "a stop that caps where nothing is higher",
    inStop("at-most: NONE", "at-most: PARTIAL\n    fields: { categories: [HEALTH] }"),
    [
      `${STOP}:2: warning: "state/held" changes no answer. Remove it, or say under "spare" why it stays.`,
    ],
  ],
  [
    "a stop that says why it stays",
    inStop(
      "at-most: NONE",
      "at-most: PARTIAL\n    spare: For later.\n    fields: { categories: [HEALTH] }",
    ),
    [],
  ],
  [
    "a stop that says so and is needed",
    inStop("at-most: NONE", "at-most: NONE\n    spare: For later."),
    [
      `${STOP}:2: warning: "state/held" calls itself spare, but changes an answer. Take "spare" away.`,
    ],
  ],
  [
    "a grant that a stop takes away from everyone",
    inStop("when: { legalHold: true }\n    at-most: NONE", "at-most: EXISTS"),
    [
      'roles/agent.yaml:5: warning: "agent/service" gives NAME in vain: state/held always caps it lower. Lower the grant or narrow the stop.',
    ],
  ],
  [
    "a grant beside one that gives as much",
    inAgent(
      "  - id: service",
      "  - id: held\n    about: The same.\n    purposes: [SERVICE]\n    when: { legalHold: false }\n    give: { PARTIAL: [NAME] }\n  - id: service",
    ),
    [
      'roles/agent.yaml:5: warning: "agent/held" changes no answer. No row shows it, or other grants give as much. Remove it or one of them.',
    ],
  ],
  [
    "two rules that show the same rows",
    inRows(
      "  - id: own",
      "  - id: held\n    about: The same.\n    roles: [AGENT]\n    when: { controllerId: $caller.organisationId, legalHold: true }\n  - id: own",
    ),
    [
      'rows.yaml:2: warning: "rows/held" changes no answer. Other rules show the same rows. Remove it or one of them.',
    ],
  ],
];

test.each(ODD)("%s is told with its place", (_what, change, expected) => {
  const findings = findingsOf(change).filter(
    ({ message }) => !message.startsWith("No grant gives"),
  );
  expect(findings.map(inWords)).toEqual(expected);
});

test("two roles whose forms of a field tell different things are told", () => {
  const coarse = smallPolicy(inAgent("CLEAR: [NAME]", "COARSE: [CONTACT]"));
  const text = coarse.find(({ name }) => name === "roles/agent.yaml")?.text ?? "";
  const other = text.replace("AGENT", "CLERK").replace("COARSE", "PARTIAL");
  const policy = loadPolicy([...coarse, { name: "roles/clerk.yaml", text: other }], CATALOG);
  const found = (catalog: typeof CATALOG) =>
    findingsIn(policy, catalog, NOW).filter(({ message }) => message.includes("tell more"));
  expect(found(CATALOG)).toEqual([]);
  expect(found(withAreaShown())).toEqual([
    expect.objectContaining({ severity: "warning", file: "roles/agent.yaml", line: 5 }),
  ]);
});

/** The product's catalog, with a coarse phone that shows digits which the partial one hides. */
function withAreaShown(): typeof CATALOG {
  const customer = CATALOG.get("Customer");
  const phone = customer?.fields.get("phone");
  if (customer === undefined || phone?.renderings.COARSE === undefined)
    throw new Error("No phone.");
  const coarse = { ...phone.renderings.COARSE, example: "+86 ***1234****" };
  const shown = { ...phone, renderings: { ...phone.renderings, COARSE: coarse } };
  const fields = new Map(customer.fields).set("phone", shown);
  return new Map(CATALOG).set("Customer", { ...customer, fields });
}

function findingsOf(change: PolicyChange): Finding[] {
  return findingsIn(loadPolicy(smallPolicy(change), CATALOG), CATALOG, NOW);
}

function inWords({ file, line, severity, message }: Finding): string {
  return `${file}:${line}: ${severity}: ${message}`;
}
