import { clausesOf } from "../../../src/policy/explain-clauses.ts";
import type { ConditionTemplate } from "../../../src/policy/template.ts";

const isOpen: ConditionTemplate = {
  kind: "compare",
  attribute: "open",
  operator: "eq",
  value: true,
};
const isMine: ConditionTemplate = {
  kind: "includes",
  attribute: "agents",
  value: { reference: "caller.id" },
};

/** Clauses as indented lines, each with what came of it. */
function linesOf(
  template: ConditionTemplate,
  values: Record<string, unknown>,
  { scope = {}, isStop = false }: { scope?: Record<string, unknown>; isStop?: boolean } = {},
): string[] {
  return clausesOf({ of: "ROW", template, scope, isStop })
    .on(values)
    .map(({ depth, text, holds }) => `${"  ".repeat(depth)}${text}: ${holds}`);
}

test("each clause of a group says what came of it", () => {
  const template: ConditionTemplate = {
    kind: "any",
    of: [isMine, { kind: "not", of: isOpen }],
  };
  const scope = { "caller.id": "li" };
  expect(linesOf(template, { agents: ["wu"], open: false }, { scope })).toEqual([
    "any of: true",
    "  agents includes li: false",
    "  not: true",
    "    open is true: false",
  ]);
});

test("a group of one is that one, and what always holds has no clause", () => {
  expect(linesOf({ kind: "all", of: [isOpen] }, { open: true })).toEqual(["open is true: true"]);
  expect(linesOf({ kind: "always", value: true }, {})).toEqual([]);
});

test("what was not loaded is unknown, unless another clause decides", () => {
  const scope = { "caller.id": "li" };
  const both: ConditionTemplate = { kind: "all", of: [isOpen, isMine] };
  const unknown = "  agents includes li: null";
  expect(linesOf(both, { open: true }, { scope })).toEqual([
    "all of: null",
    "  open is true: true",
    unknown,
  ]);
  expect(linesOf(both, { open: false }, { scope })[0]).toBe("all of: false");
  const either: ConditionTemplate = { kind: "any", of: [isOpen, isMine] };
  expect(linesOf(either, { open: true }, { scope })[0]).toBe("any of: true");
  expect(linesOf(either, { open: false }, { scope })[0]).toBe("any of: null");
});

test("a clause without a value to compare with is unknown to what gives, and counts for a stop", () => {
  const text = "agents compared with what the caller does not have";
  const values = { agents: ["li"] };
  expect(linesOf(isMine, values)).toEqual([`${text}: null`]);
  expect(linesOf(isMine, values, { isStop: true })).toEqual([`${text}: true`]);
  expect(linesOf({ kind: "not", of: isMine }, values, { isStop: true })).toEqual([
    "not: true",
    `  ${text}: false`,
  ]);
});
