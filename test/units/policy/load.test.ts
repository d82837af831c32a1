import { PolicyFaults } from "../../../src/policy/fault.ts";
import { loadPolicy } from "../../../src/policy/load.ts";
import { CATALOG } from "../../support/policy-world.ts";
import { instead, smallPolicy } from "../../support/small-policy.ts";

/*
 * Longer than other files because it is one table: everything that can be wrong in a policy, and
 * what is said about it.
 */

type Change = Parameters<typeof smallPolicy>[0];

const agent = (piece: string, other: string): Change => ({
  "roles/agent.yaml": instead(piece, other),
});
const rows = (piece: string, other: string): Change => ({ "rows.yaml": instead(piece, other) });
const stop = (piece: string, other: string): Change => ({
  "stops/state.yaml": instead(piece, other),
});
const rowsWhen = (condition: string): Change =>
  rows("when: { controllerId: $caller.organisationId }", `when: ${condition}`);
const stopWhen = (condition: string): Change => stop("when: { legalHold: true }", `when: ${condition}`);
const stopCaller = (condition: string): Change =>
  stop("when: { legalHold: true }", `caller: ${condition}`);

const WRONG: [what: string, change: Change, faults: string[]][] = [
  // Words that nobody defined
  [
    "an unknown role",
    rows("[AGENT]", "[AGNET]"),
    ['rows.yaml:4: "roles" holds "AGNET", which is unknown. Did you mean "AGENT"?'],
  ],
  [
    "an unknown purpose",
    agent("[SERVICE]", "[SERVICES]"),
    ['roles/agent.yaml:7: "purposes" holds "SERVICES", which is unknown. Did you mean "SERVICE"?'],
  ],
  [
    "an unknown category",
    agent("[NAME]", "[NAMES]"),
    ['roles/agent.yaml:9: "CLEAR" holds "NAMES", which is unknown. Did you mean "NAME"?'],
  ],
  [
    "an unknown level",
    agent("CLEAR:", "CLAER:"),
    ['roles/agent.yaml:9: "CLAER" is not a word here. Did you mean "CLEAR"?'],
  ],
  [
    "an unknown ceiling",
    stop("at-most: NONE", "at-most: NOTHING"),
    ['stops/state.yaml:8: "at-most" is "NOTHING", which is unknown.'],
  ],
  [
    "an unknown type",
    rows("roles:", "types: [Custmer]\n    roles:"),
    [
      'rows.yaml:4: "types" holds "Custmer", which is unknown. Did you mean "Customer"?',
      'rows.yaml:6: "controllerId" is not an attribute.',
    ],
  ],
  [
    "an unknown stage",
    stop("stage: STATE", "stage: STAET"),
    ['stops/state.yaml:5: "stage" is "STAET", which is unknown. Did you mean "STATE"?'],
  ],
  [
    "an unknown kind of role",
    agent("kind: STAFF", "kind: STUFF"),
    ['roles/agent.yaml:3: "kind" is "STUFF", which is unknown. Did you mean "STAFF"?'],
  ],
  [
    "an unknown basis of a purpose",
    { "purposes.yaml": instead("basis: CUSTOMER", "basis: LAW") },
    ['purposes.yaml:4: "basis" is "LAW", which is unknown.'],
  ],
  [
    "an unknown verb",
    agent("give:\n      CLEAR: [NAME]", "may: [destroy]"),
    ['roles/agent.yaml:8: "may" holds "destroy", which is unknown.'],
  ],
  [
    "an unknown key",
    agent("about: Reads to serve.", "about: Reads to serve.\n    giv: all"),
    ['roles/agent.yaml:7: "giv" is not a word here. Did you mean "give"?'],
  ],
  [
    "a document of no known sort",
    { "more.yaml": "stop: []\n" },
    ['more.yaml:1: "stop" is not a word here. Did you mean "stops"?'],
  ],

  // Conditions
  [
    "an unknown attribute of a row",
    rowsWhen("{ controlerId: $caller.organisationId }"),
    ['rows.yaml:5: "controlerId" is not an attribute. Did you mean "controllerId"?'],
  ],
  [
    "an unknown attribute of a caller",
    stopCaller("{ trainingValidTill: { gte: $now } }"),
    ['stops/state.yaml:7: "trainingValidTill" is not an attribute. Did you mean "trainingValidUntil"?'],
  ],
  [
    "an unknown operator",
    rowsWhen("{ controllerId: { equals: $caller.organisationId } }"),
    ['rows.yaml:5: "equals" is not an operator.'],
  ],
  [
    "an unknown reference",
    rowsWhen("{ controllerId: $caller.organizationId }"),
    [
      'rows.yaml:5: "$caller.organizationId" is not a reference. Did you mean "caller.organisationId"?',
    ],
  ],
  [
    "a list operator on a scalar",
    rowsWhen("{ controllerId: { includes: $caller.organisationId } }"),
    ['rows.yaml:5: "includes" does not fit controllerId, which is no list.'],
  ],
  [
    "a scalar operator on a list",
    rowsWhen("{ formerControllerIds: $caller.organisationId }"),
    ['rows.yaml:5: "eq" does not fit formerControllerIds, which is a list: use includes or overlaps.'],
  ],
  [
    "a list where one value is needed",
    rowsWhen("{ controllerId: $caller.servedOrganisationIds }"),
    ['rows.yaml:5: "$caller.servedOrganisationIds" is uuid[], and controllerId needs uuid here.'],
  ],
  [
    "a reference of another kind",
    rowsWhen("{ controllerId: $caller.kind }"),
    ['rows.yaml:5: "$caller.kind" is text, and controllerId needs uuid here.'],
  ],
  [
    "a value of another type",
    stopWhen('{ legalHold: "true" }'),
    ['stops/state.yaml:7: "true" is no boolean.'],
  ],
  [
    "a time that is written out",
    stopCaller('{ trainingValidUntil: { lt: "2026-01-01" } }'),
    ['stops/state.yaml:7: trainingValidUntil is compared with $now, not with "2026-01-01".'],
  ],
  [
    "a comparison with null",
    stopWhen("{ legalHold: null }"),
    ['stops/state.yaml:7: legalHold is compared with null; use "exists" for missing values.'],
  ],
  [
    "a role in a condition on the caller that nobody defined",
    stopCaller("{ roles: { includes: AGNET } }"),
    ['stops/state.yaml:7: roles is never "AGNET". Did you mean "AGENT"?'],
  ],
  [
    "a purpose in a condition on the caller that nobody defined",
    stopCaller("{ purpose: [SERVICE, SERVISE] }"),
    ['stops/state.yaml:7: purpose is never "SERVISE". Did you mean "SERVICE"?'],
  ],
  [
    "an empty list to compare with",
    stopWhen("{ state: [] }"),
    ['stops/state.yaml:7: "in" needs a list that is not empty, or a reference.'],
  ],
  [
    "a reference inside a list",
    rowsWhen("{ controllerId: [$caller.organisationId] }"),
    ["rows.yaml:5: A reference can't stand inside a list."],
  ],
  ["an empty condition", stopWhen("{}"), ["stops/state.yaml:7: A condition must be a mapping that is not empty."]],
  [
    "an alternative between nothing",
    stopWhen("{ any: [] }"),
    ['stops/state.yaml:7: "any" needs a list of conditions.'],
  ],
  [
    "an existence that is neither true nor false",
    stopWhen("{ province: { exists: maybe } }"),
    ['stops/state.yaml:7: "exists" is true or false.'],
  ],

  // Rules that would be idle, or hold for everyone
  [
    "a grant without purposes",
    agent("    purposes: [SERVICE]\n", ""),
    ["roles/agent.yaml:5: A grant names its purposes."],
  ],
  [
    "a grant with an empty list of purposes",
    agent("[SERVICE]", "[]"),
    ['roles/agent.yaml:7: "purposes" is empty.'],
  ],
  [
    "a grant that gives nothing",
    agent("    give:\n      CLEAR: [NAME]\n", ""),
    ["roles/agent.yaml:5: A grant gives something."],
  ],
  [
    "a grant that gives an empty list",
    agent("give:\n      CLEAR: [NAME]", "give: {}"),
    ['roles/agent.yaml:8: "give" is empty.'],
  ],
  [
    "a category that is given at two levels",
    agent("CLEAR: [NAME]", "CLEAR: [NAME]\n      PARTIAL: [NAME]"),
    ["roles/agent.yaml:9: NAME is given twice."],
  ],
  [
    "a row rule without roles",
    rows("    roles: [AGENT]\n", ""),
    ["rows.yaml:2: A row rule names its roles."],
  ],
  ["a row rule with an empty list of roles", rows("[AGENT]", "[]"), ['rows.yaml:4: "roles" is empty.']],
  [
    "a stop without a source",
    stop("    source: a statute\n", ""),
    ['stops/state.yaml:2: "source" must be a text and is missing or empty.'],
  ],
  [
    "a stop without a reason",
    stop("    reason: ON_HOLD\n", ""),
    ['stops/state.yaml:2: "reason" must be a text and is missing or empty.'],
  ],
  [
    "a reason that is no code",
    stop("ON_HOLD", "on hold"),
    ['stops/state.yaml:6: "reason" is a code in capitals.'],
  ],
  [
    "a stop that neither caps nor hides",
    stop("    at-most: NONE\n", ""),
    ['stops/state.yaml:2: A stop has either "at-most" (fields) or "hides" (rows).'],
  ],
  [
    "a stop that caps and hides",
    stop("at-most: NONE", "at-most: NONE\n    hides: GONE"),
    ['stops/state.yaml:2: A stop has either "at-most" (fields) or "hides" (rows).'],
  ],
  [
    "a stop on no field",
    stop("at-most: NONE", "at-most: NONE\n    fields: {}"),
    ['stops/state.yaml:9: "fields" must narrow to something.'],
  ],
  [
    "a stop on an empty list of categories",
    stop("at-most: NONE", "at-most: NONE\n    fields: { categories: [] }"),
    ['stops/state.yaml:9: "categories" is empty.'],
  ],
  [
    "a ceiling that is no level",
    stop("at-most: NONE", "at-most: $caller.kind"),
    ['stops/state.yaml:8: "at-most" is "$caller.kind", which is unknown.'],
  ],

  // Names given twice
  [
    "a second rule of the same id",
    { "stops/more/state.yaml": smallPolicy().find(({ name }) => name === "stops/state.yaml")?.text ?? "" },
    ['stops/more/state.yaml:2: "state/held" is already at stops/state.yaml:2.'],
  ],
  [
    "a second document of the same role",
    { "roles/again.yaml": "role: AGENT\nabout: Again.\nkind: DATA_SUBJECT\ngrants: []\n" },
    ['roles/again.yaml:1: "AGENT" is defined twice.'],
  ],
  [
    "a second purpose of the same code",
    { "more.yaml": "purposes:\n  - code: SERVICE\n    about: Again.\n    basis: STATUTE\n" },
    ['more.yaml:2: "SERVICE" is defined twice.'],
  ],

  // Files
  [
    "what is no YAML",
    { "rows.yaml": "rows:\n  - id: [own\n" },
    [expect.stringMatching(/^rows\.yaml:[23]: Flow sequence/) as unknown as string],
  ],
  [
    "the same key twice",
    rows("about: The own ledger.", "about: The own ledger.\n    about: Another."),
    [expect.stringMatching(/^rows\.yaml:4: Map keys must be unique/) as unknown as string],
  ],
  ["a document that is a list", { "rows.yaml": "- id: own\n" }, ["rows.yaml:1: The document must be a mapping."]],
  ["an empty document", { "rows.yaml": "" }, ["rows.yaml:1: The document must be a mapping."]],
  [
    "rows that are no list",
    { "rows.yaml": "rows:\n  own: {}\n" },
    ['rows.yaml:2: "rows" must be a list.'],
  ],
  [
    "an entry that is no mapping",
    { "rows.yaml": "rows:\n  - own\n" },
    ['rows.yaml:2: Every entry of "rows" must be a mapping.'],
  ],
];

test.each(WRONG)("%s is refused", (_what, change, expected) => {
  expect(faultsOf(() => loadPolicy(smallPolicy(change), CATALOG))).toEqual(expected);
});

test("a policy without any rule is refused", () => {
  const purposes = smallPolicy().filter(({ name }) => name === "purposes.yaml");
  expect(faultsOf(() => loadPolicy(purposes, CATALOG))).toEqual([".:1: There is no rule at all."]);
  expect(faultsOf(() => loadPolicy([], CATALOG))).toEqual([".:1: There is no rule at all."]);
});

test("all faults are told at once", () => {
  const files = smallPolicy({
    ...rows("[AGENT]", "[AGNET]"),
    ...stop("stage: STATE", "stage: STAET"),
  });
  expect(faultsOf(() => loadPolicy(files, CATALOG))).toHaveLength(2);
});

test("a sound policy is read with its words, rules and their places", () => {
  const policy = loadPolicy(smallPolicy(), CATALOG);
  expect([...policy.roles.keys()]).toEqual(["AGENT"]);
  expect(policy.purposes.get("SERVICE")).toEqual({
    code: "SERVICE",
    about: "To serve.",
    basis: "CUSTOMER",
  });
  expect(policy.rules.map(({ id, kind, file, line }) => [id, kind, `${file}:${line}`])).toEqual([
    ["agent/service", "grant", "roles/agent.yaml:5"],
    ["rows/own", "row", "rows.yaml:2"],
    ["state/held", "stop", "stops/state.yaml:2"],
  ]);
});

function faultsOf(load: () => unknown): string[] {
  try {
    load();
  } catch (error) {
    if (error instanceof PolicyFaults) return error.message.split("\n");
    throw error;
  }
  return [];
}
