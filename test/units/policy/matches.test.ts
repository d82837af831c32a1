import {
  ALWAYS,
  allOf,
  anyOf,
  attributesOf,
  type Condition,
  NEVER,
  not,
} from "../../../src/policy/condition.ts";
import { compilePredicate, isLoaded } from "../../../src/policy/matches.ts";

const NOON = new Date("2026-11-20T12:00:00Z");

const ROW = {
  state: "ACTIVE",
  province: null,
  legalHold: false,
  epoch: 3,
  until: new Date("2026-11-20T12:00:00Z"),
  agents: ["li", "wang"],
  nobody: [],
  unknown: null,
};

const stateIs = (value: string): Condition => ({
  kind: "compare",
  attribute: "state",
  operator: "eq",
  value,
});

const CASES: [what: string, condition: Condition, holds: boolean][] = [
  ["a value equals itself", stateIs("ACTIVE"), true],
  ["a value equals no other", stateIs("SEALED"), false],
  ["upper and lower case differ", stateIs("active"), false],
  ["a missing value equals nothing", { ...compare("province"), value: "" }, false],
  [
    "a missing value is therefore unequal to anything",
    not({ ...compare("province"), value: "x" }),
    true,
  ],
  ["false is a value like any other", { ...compare("legalHold"), value: false }, true],
  ["a number equals no text", { ...compare("epoch"), value: "3" }, false],
  ["less is less", { ...compare("epoch", "lt"), value: 4 }, true],
  ["less is not equal", { ...compare("epoch", "lt"), value: 3 }, false],
  ["equal is at least", { ...compare("epoch", "gte"), value: 3 }, true],
  ["more is more", { ...compare("epoch", "gt"), value: 2 }, true],
  ["at most is at most", { ...compare("epoch", "lte"), value: 2 }, false],
  ["a missing value is not less", { ...compare("province", "lt"), value: "z" }, false],
  ["nor more", { ...compare("province", "gte"), value: "" }, false],
  ["a text is not less than a number", { ...compare("state", "lt"), value: 9 }, false],
  ["points in time are compared as such", { ...compare("until", "gte"), value: NOON }, true],
  ["equal points in time are equal", { ...compare("until"), value: new Date(NOON) }, true],
  ["a point in time is no number", { ...compare("until"), value: NOON.getTime() }, false],
  ["one of several", { kind: "in", attribute: "state", values: ["SEALED", "ACTIVE"] }, true],
  ["none of several", { kind: "in", attribute: "state", values: ["SEALED"] }, false],
  ["nothing is one of none", { kind: "in", attribute: "state", values: [] }, false],
  ["everything is none of none", not({ kind: "in", attribute: "state", values: [] }), true],
  [
    "a missing value is one of nothing",
    { kind: "in", attribute: "province", values: ["x"] },
    false,
  ],
  ["a value exists", { kind: "exists", attribute: "legalHold" }, true],
  ["a missing value does not", { kind: "exists", attribute: "province" }, false],
  ["an empty list exists", { kind: "exists", attribute: "nobody" }, true],
  ["a list includes its items", { kind: "includes", attribute: "agents", value: "li" }, true],
  ["and no others", { kind: "includes", attribute: "agents", value: "zhao" }, false],
  ["an empty list includes nothing", { kind: "includes", attribute: "nobody", value: "li" }, false],
  ["nor does a missing one", { kind: "includes", attribute: "unknown", value: "li" }, false],
  ["lists overlap", { kind: "overlaps", attribute: "agents", values: ["zhao", "wang"] }, true],
  ["or don't", { kind: "overlaps", attribute: "agents", values: ["zhao"] }, false],
  ["nothing overlaps with no values", { kind: "overlaps", attribute: "agents", values: [] }, false],
  ["all of none holds", { kind: "all", of: [] }, true],
  ["any of none doesn't", { kind: "any", of: [] }, false],
];

test.each(CASES)("%s", (_what, condition, holds) => {
  expect(compilePredicate(condition)(ROW)).toBe(holds);
  expect(compilePredicate(not(condition))(ROW)).toBe(!holds);
});

test("a missing value and one that was not loaded are not the same", () => {
  expect(isLoaded({ province: null }, ["province"])).toBe(true);
  expect(isLoaded({}, ["province"])).toBe(false);
  expect(isLoaded({}, [])).toBe(true);
});

test("constants are simplified away", () => {
  const open = stateIs("ACTIVE");
  expect(allOf([ALWAYS, open])).toBe(open);
  expect(allOf([NEVER, open])).toBe(NEVER);
  expect(allOf([])).toBe(ALWAYS);
  expect(anyOf([NEVER, open])).toBe(open);
  expect(anyOf([ALWAYS, open])).toBe(ALWAYS);
  expect(anyOf([])).toBe(NEVER);
  expect(not(not(open))).toBe(open);
  expect(not(ALWAYS)).toBe(NEVER);
});

test("a condition names the attributes that it reads", () => {
  const condition: Condition = {
    kind: "all",
    of: [stateIs("ACTIVE"), not({ kind: "exists", attribute: "province" }), ALWAYS],
  };
  expect([...attributesOf(condition)].sort()).toEqual(["province", "state"]);
});

function compare(
  attribute: string,
  operator: "eq" | "lt" | "lte" | "gt" | "gte" = "eq",
): Extract<Condition, { kind: "compare" }> {
  return { kind: "compare", attribute, operator, value: "" };
}
