import { budgetLimits } from "../../../src/policy/budget.ts";
import { loadPolicy } from "../../../src/policy/load.ts";
import { CATALOG, customerField, POLICY } from "../../support/policy-world.ts";
import { faultsOf, smallPolicy } from "../../support/small-policy.ts";

const budget = (lines: string): string => `budgets:
  - id: agents
    about: Agents.
    source: a statute
${lines.replaceAll(/^/gm, "    ")}
`;

const SOUND = `roles: [AGENT]
classifications: [SENSITIVE]
windows:
  - { minutes: 60, lookups: 5, failed-probes: 2, denied-filters: 3 }`;

const NOTHING = [
  { measure: "lookups", minutes: 1_440, most: 0 },
  { measure: "failed-probes", minutes: 1_440, most: 0 },
  { measure: "denied-filters", minutes: 1_440, most: 0 },
];

function limitsOf(roles: readonly string[], field = "idNumber", text = budget(SOUND)) {
  const policy = loadPolicy(smallPolicy({ "budgets.yaml": text }), CATALOG);
  return budgetLimits({ policy, roles, field: customerField(field) });
}

describe("the limits of a caller and a field", () => {
  test("are those of the budgets that fit the role and the class", () => {
    expect(limitsOf(["AGENT"])).toEqual([
      { measure: "lookups", minutes: 60, most: 5 },
      { measure: "failed-probes", minutes: 60, most: 2 },
      { measure: "denied-filters", minutes: 60, most: 3 },
    ]);
    expect(
      limitsOf(["AGENT"], "idNumber", budget(SOUND.replace("roles: [AGENT]", "kinds: [STAFF]"))),
    ).toEqual(limitsOf(["AGENT"]));
  });

  test("are nothing at all for a class, a role or a caller that no budget knows", () => {
    expect(limitsOf(["AGENT"], "healthStatus")).toEqual(NOTHING);
    expect(limitsOf(["STRANGER"])).toEqual(NOTHING);
    expect(limitsOf([])).toEqual(NOTHING);
    const policy = loadPolicy(smallPolicy(), CATALOG);
    expect(budgetLimits({ policy, roles: ["AGENT"], field: customerField("idNumber") })).toEqual(
      NOTHING,
    );
  });

  test("of several roles all hold, and one role without a budget takes everything away", () => {
    const both = limitsOf(["AGENT", "STRANGER"]);
    expect(both).toEqual(expect.arrayContaining([...limitsOf(["AGENT"]), ...NOTHING]));
  });

  test("are nothing for a measure that no window names", () => {
    const text = budget(SOUND.replace(", failed-probes: 2", ""));
    expect(limitsOf(["AGENT"], "idNumber", text)).toContainEqual(NOTHING[1]);
  });
});

test.each([
  [SOUND.replace("lookups: 5", "lookups: 5.5"), /"lookups" is a whole number from 0 to 100000/],
  [SOUND.replace("lookups: 5", "lookups: -1"), /"lookups" is a whole number from 0/],
  [SOUND.replace("minutes: 60", "minutes: 0"), /"minutes" is a whole number from 1 to 10080/],
  [SOUND.replace("minutes: 60", "minutes: 99999"), /"minutes" is a whole number from 1 to 10080/],
  [SOUND.replace("minutes: 60, ", ""), /"minutes" is a whole number/],
  [SOUND.replace("failed-probes: 2", "failed-probes: 6"), /More than "lookups" can never fail/],
  [SOUND.replace("lookups", "lokups"), /"lokups" is not a word here. Did you mean "lookups"\?/],
  [SOUND.replace("AGENT", "AGNET"), /"roles" holds "AGNET"/],
  [SOUND.replace("roles: [AGENT]", "kinds: [STAF]"), /"kinds" holds "STAF"/],
  [SOUND.replace("roles: [AGENT]\n", ""), /A budget names kinds of roles, or roles/],
  [SOUND.replace("classifications: [SENSITIVE]\n", ""), /A budget names classes of fields/],
  [SOUND.replace("[SENSITIVE]", "[SECRET]"), /"classifications" holds "SECRET"/],
  [SOUND.replace(/ {2}- .*/, "  - { minutes: 60 }"), /A window limits something/],
  [SOUND.replace(/windows:\n.*/, "windows: []"), /A budget has a window/],
])("%s is a fault", (lines, fault) => {
  const faults = faultsOf(smallPolicy({ "budgets.yaml": budget(lines) }));
  expect(faults).toContainEqual(expect.stringMatching(/^budgets\.yaml:\d+: /));
  expect(faults.join("\n")).toMatch(fault);
});

test("a budget's name is its own", () => {
  const files = smallPolicy({ "budgets.yaml": budget(SOUND), "more.yaml": budget(SOUND) });
  expect(faultsOf(files)).toEqual(['more.yaml:2: "agents" is said twice.']);
});

describe("the product's policy", () => {
  test("has a budget for every role and every sealed field that can be looked up", () => {
    const fields = [...(CATALOG.get("Customer")?.fields.values() ?? [])].filter(
      ({ filter }) => filter === "lookup",
    );
    expect(fields.length).toBeGreaterThan(2);
    for (const role of POLICY.roles.keys()) {
      for (const field of fields) {
        const limits = budgetLimits({ policy: POLICY, roles: [role], field });
        expect(limits.filter(({ most }) => most === 0)).toEqual([]);
        expect(new Set(limits.map(({ measure }) => measure)).size).toBe(3);
      }
    }
  });

  test("gives outsiders and data subjects less than staff", () => {
    const most = (role: string) =>
      budgetLimits({ policy: POLICY, roles: [role], field: customerField("idNumber") })
        .filter(({ minutes }) => minutes === 60)
        .map((limit) => limit.most);
    const staff = most("CS_AGENT");
    for (const role of ["GOV_LIAISON", "DATA_SUBJECT"])
      for (const [at, limit] of most(role).entries())
        expect(limit).toBeLessThan(staff[at] as number);
  });
});
