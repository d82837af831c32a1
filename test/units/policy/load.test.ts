import { loadPolicy } from "../../../src/policy/load.ts";
import { CATALOG } from "../../support/policy-world.ts";
import {
  faultsOf,
  inAgent,
  inRows,
  inStop,
  instead,
  type PolicyChange,
  smallPolicy,
} from "../../support/small-policy.ts";

const WRONG: [what: string, change: PolicyChange, faults: string[]][] = [
  // Words that nobody defined
  [
    "an unknown role",
    inRows("[AGENT]", "[AGNET]"),
    ['rows.yaml:4: "roles" holds "AGNET", which is unknown. Did you mean "AGENT"?'],
  ],
  [
    "an unknown purpose",
    inAgent("[SERVICE]", "[SERVICES]"),
    ['roles/agent.yaml:7: "purposes" holds "SERVICES", which is unknown. Did you mean "SERVICE"?'],
  ],
  [
    "an unknown category",
    inAgent("[NAME]", "[NAMES]"),
    ['roles/agent.yaml:9: "CLEAR" holds "NAMES", which is unknown. Did you mean "NAME"?'],
  ],
  [
    "an unknown level",
    inAgent("CLEAR:", "CLAER:"),
    ['roles/agent.yaml:9: "CLAER" is not a word here. Did you mean "CLEAR"?'],
  ],
  [
    "an unknown ceiling",
    inStop("at-most: NONE", "at-most: NOTHING"),
    ['stops/state.yaml:8: "at-most" is "NOTHING", which is unknown.'],
  ],
  [
    "an unknown type",
    inRows("roles:", "types: [Custmer]\n    roles:"),
    [
      'rows.yaml:4: "types" holds "Custmer", which is unknown. Did you mean "Customer"?',
      'rows.yaml:6: "controllerId" is not an attribute.',
    ],
  ],
  [
    "an unknown stage",
    inStop("stage: STATE", "stage: STAET"),
    ['stops/state.yaml:5: "stage" is "STAET", which is unknown. Did you mean "STATE"?'],
  ],
  [
    "an unknown kind of role",
    inAgent("kind: STAFF", "kind: STUFF"),
    ['roles/agent.yaml:3: "kind" is "STUFF", which is unknown. Did you mean "STAFF"?'],
  ],
  [
    "an unknown basis of a purpose",
    { "purposes.yaml": instead("basis: CUSTOMER", "basis: LAW") },
    ['purposes.yaml:4: "basis" is "LAW", which is unknown.'],
  ],
  [
    "an unknown verb",
    inAgent("give:\n      CLEAR: [NAME]", "may: [destroy]"),
    ['roles/agent.yaml:8: "may" holds "destroy", which is unknown.'],
  ],
  [
    "an unknown key",
    inAgent("about: Reads to serve.", "about: Reads to serve.\n    giv: all"),
    ['roles/agent.yaml:7: "giv" is not a word here. Did you mean "give"?'],
  ],
  [
    "a document of no known sort",
    { "more.yaml": "stop: []\n" },
    ['more.yaml:1: "stop" is not a word here. Did you mean "stops"?'],
  ],

  // Rules that would be idle, or hold for everyone
  [
    "a grant without purposes",
    inAgent("    purposes: [SERVICE]\n", ""),
    ["roles/agent.yaml:5: A grant names its purposes."],
  ],
  [
    "a grant with an empty list of purposes",
    inAgent("[SERVICE]", "[]"),
    ['roles/agent.yaml:7: "purposes" is empty.'],
  ],
  [
    "a grant that gives nothing",
    inAgent("    give:\n      CLEAR: [NAME]\n", ""),
    ["roles/agent.yaml:5: A grant gives something."],
  ],
  [
    "a grant that gives an empty list",
    inAgent("give:\n      CLEAR: [NAME]", "give: {}"),
    ['roles/agent.yaml:8: "give" is empty.'],
  ],
  [
    "a category that is given at two levels",
    inAgent("CLEAR: [NAME]", "CLEAR: [NAME]\n      PARTIAL: [NAME]"),
    ["roles/agent.yaml:9: NAME is given twice."],
  ],
  [
    "a row rule without roles",
    inRows("    roles: [AGENT]\n", ""),
    ["rows.yaml:2: A row rule names its roles."],
  ],
  [
    "a row rule with an empty list of roles",
    inRows("[AGENT]", "[]"),
    ['rows.yaml:4: "roles" is empty.'],
  ],
  [
    "a stop without a source",
    inStop("    source: a statute\n", ""),
    ['stops/state.yaml:2: "source" must be a text and is missing or empty.'],
  ],
  [
    "a stop without a reason",
    inStop("    reason: ON_HOLD\n", ""),
    ['stops/state.yaml:2: "reason" must be a text and is missing or empty.'],
  ],
  [
    "a reason that is no code",
    inStop("ON_HOLD", "on hold"),
    ['stops/state.yaml:6: "reason" is a code in capitals.'],
  ],
  [
    "a stop that neither caps nor hides",
    inStop("    at-most: NONE\n", ""),
    [
      'stops/state.yaml:2: A stop has either "at-most" (fields), "hides" (rows) or "refuses" (requests).',
    ],
  ],
  [
    "a stop that caps and hides",
    inStop("at-most: NONE", "at-most: NONE\n    hides: GONE"),
    [
      'stops/state.yaml:2: A stop has either "at-most" (fields), "hides" (rows) or "refuses" (requests).',
    ],
  ],
  [
    "a stop on no field",
    inStop("at-most: NONE", "at-most: NONE\n    fields: {}"),
    ['stops/state.yaml:9: "fields" must narrow to something.'],
  ],
  [
    "a stop on an empty list of categories",
    inStop("at-most: NONE", "at-most: NONE\n    fields: { categories: [] }"),
    ['stops/state.yaml:9: "categories" is empty.'],
  ],
  [
    "a ceiling that is no level",
    inStop("at-most: NONE", "at-most: $caller.kind"),
    ['stops/state.yaml:8: "at-most" is "$caller.kind", which is unknown.'],
  ],

  // Names given twice
  [
    "a second rule of the same id",
    {
      "stops/more/state.yaml":
        smallPolicy().find(({ name }) => name === "stops/state.yaml")?.text ?? "",
    },
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
    inRows("about: The own ledger.", "about: The own ledger.\n    about: Another."),
    [expect.stringMatching(/^rows\.yaml:4: Map keys must be unique/) as unknown as string],
  ],
  [
    "a document that is a list",
    { "rows.yaml": "- id: own\n" },
    ["rows.yaml:1: The document must be a mapping."],
  ],
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
  expect(faultsOf(smallPolicy(change))).toEqual(expected);
});

test("a policy without any rule is refused", () => {
  const purposes = smallPolicy().filter(({ name }) => name === "purposes.yaml");
  expect(faultsOf(purposes)).toEqual([".:1: There is no rule at all."]);
  expect(faultsOf([])).toEqual([".:1: There is no rule at all."]);
});

test("all faults are told at once", () => {
  const files = smallPolicy({
    ...inRows("[AGENT]", "[AGNET]"),
    ...inStop("stage: STATE", "stage: STAET"),
  });
  expect(faultsOf(files)).toHaveLength(2);
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
