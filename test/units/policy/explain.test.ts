import type { Condition } from "../../../src/policy/condition.ts";
import { explainField } from "../../../src/policy/explain.ts";
import { describeCondition } from "../../../src/policy/explain-words.ts";
import { callerBut, customerBut, customerField, decisionsOf } from "../../support/policy-world.ts";

const NOW = new Date("2026-11-20T09:00:00Z");
const CALLER = callerBut({ name: "cs-agent", purpose: "SERVICE_DELIVERY", now: NOW });
const { bound } = decisionsOf(CALLER, NOW);
const phone = customerField("phone");

test("an explanation names the rule that decided, and what else was considered", () => {
  const { verdict, rules } = explainField(bound, customerBut({}), phone);
  expect(verdict).toEqual({ disclosure: "PARTIAL", reason: "NO_CASE", rule: "cs-agent/no-case" });
  expect(rules.filter(({ decided }) => decided).map(({ id }) => id)).toEqual(["cs-agent/no-case"]);
  const assigned = rules.find(({ id }) => id === "cs-agent/assigned-case");
  expect(assigned).toMatchObject({
    effect: "grant",
    level: "CLEAR",
    holds: false,
    condition: `assignedAgentIds includes ${CALLER.id}`,
    place: expect.stringMatching(/^roles\/cs-agent\.yaml:\d+$/) as unknown,
  });
});

test("refusals come before stops and those before grants, the earliest stage first", () => {
  const { rules } = explainField(bound, customerBut({}), phone);
  const effects = rules.map(({ effect }) => effect).join(" ");
  expect(effects).toMatch(/^(refusal )+(stop )+grant( grant)*$/);
  const files = rules.filter(({ effect }) => effect === "stop").map(({ place }) => place);
  expect(files.findIndex((place) => place.startsWith("stops/state"))).toBeLessThan(
    files.findIndex((place) => place.startsWith("stops/purpose")),
  );
});

test("a rule whose attribute was not loaded holds neither nor fails", () => {
  const row: Record<string, unknown> & { __typename: string } = { ...customerBut({}) };
  delete row["assignedAgentIds"];
  const { verdict, rules } = explainField(bound, row, phone);
  expect(verdict.reason).toBe("ATTRIBUTE_NOT_LOADED");
  expect(rules.find(({ id }) => id === "cs-agent/assigned-case")?.holds).toBeNull();
});

const WORDS: [Condition, string][] = [
  [{ kind: "always", value: true }, "always"],
  [{ kind: "always", value: false }, "never"],
  [{ kind: "compare", attribute: "state", operator: "eq", value: "SEALED" }, "state is SEALED"],
  [
    { kind: "compare", attribute: "until", operator: "lt", value: NOW },
    "until < 2026-11-20T09:00:00.000Z",
  ],
  [{ kind: "in", attribute: "state", values: ["A", "B"] }, "state is one of A, B"],
  [{ kind: "exists", attribute: "province" }, "province has a value"],
  [{ kind: "includes", attribute: "agents", value: "li" }, "agents includes li"],
  [{ kind: "overlaps", attribute: "cases", values: ["1", "2"] }, "cases includes any of 1, 2"],
  [{ kind: "not", of: { kind: "exists", attribute: "a" } }, "not a has a value"],
  [
    {
      kind: "all",
      of: [
        { kind: "exists", attribute: "a" },
        {
          kind: "any",
          of: [
            { kind: "exists", attribute: "b" },
            { kind: "exists", attribute: "c" },
          ],
        },
      ],
    },
    "a has a value and (b has a value or c has a value)",
  ],
];

test.each(WORDS)("a condition is put into words (%#)", (condition, words) => {
  expect(describeCondition(condition)).toBe(words);
});
