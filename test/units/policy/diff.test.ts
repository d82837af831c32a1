import { jest } from "@jest/globals";
import {
  compareFrames,
  comparePolicies,
  type FieldChange,
  type PairChanges,
} from "../../../src/policy/diff.ts";
import { fieldSentence, rowSentence, verbSentence } from "../../../src/policy/diff-text.ts";
import type { Policy } from "../../../src/policy/rule.ts";
import { draftOf, redrafted } from "../../support/draft-policy.ts";
import { CATALOG, POLICY } from "../../support/policy-world.ts";

const NOW = new Date("2026-11-20T09:00:00Z");
// Every role, purpose and situation is bound for each of them.
jest.setTimeout(120_000);

const ANALYST = "roles/sales-analyst.yaml";

test("a policy does not differ from itself", () => {
  expect(changesBetween(POLICY, POLICY)).toEqual([]);
  expect(changesBetween(POLICY, draftOf(redrafted(ANALYST, ["about:", "#\nabout:"])))).toEqual([]);
});

describe("a category that is given besides", () => {
  const draft = draftOf(
    redrafted(ANALYST, ["EXISTS: [GOVERNANCE]", "EXISTS: [GOVERNANCE]\n      COARSE: [IDENTITY]"]),
  );
  const changes = changesBetween(POLICY, draft);

  test("changes one role and purpose", () => {
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ rows: [], verbs: [], isProved: true });
  });

  test("shows each field in the form that it has, and less to who lacks something", () => {
    const told = (changes[0]?.fields ?? []).filter(({ from, to }) => from !== to);
    expect(told.map(withoutCondition)).toContainEqual({
      role: "SALES_ANALYST",
      purpose: "MARKETING",
      type: "Customer",
      situations: [
        "who lacks nothing",
        "whose organisation is not financial",
        "whose organisation does not operate Custodia",
      ],
      category: "IDENTITY",
      fields: ["idType", "birthDate"],
      from: "NONE",
      to: "COARSE",
      reasonsBefore: ["CLASS_SENSITIVE"],
      reasonsAfter: ["CLASS_SENSITIVE"],
      rules: ["sales-analyst/marketing"],
    });
    expect(
      told.filter(({ situations }) => situations.includes("without a second factor")),
    ).toContainEqual(expect.objectContaining({ to: "EXISTS", reasonsAfter: ["STEP_UP_REQUIRED"] }));
  });

  test("is read aloud as sentences", () => {
    const sentences = (changes[0]?.fields ?? []).map((change) =>
      fieldSentence(change, " on 7 rows"),
    );
    expect(sentences).toContain(
      "SALES_ANALYST (also whose organisation is not financial, whose organisation does not operate Custodia) for MARKETING gains Customer idType and birthDate (IDENTITY) at COARSE on 7 rows.",
    );
    expect(sentences).toContain(
      "SALES_ANALYST (without a second factor) for MARKETING is told STEP_UP_REQUIRED instead of CLASS_SENSITIVE as the reason of Customer gender (IDENTITY) at NONE.",
    );
  });
});

test("rows that are seen no longer are told, and with them every field that goes", () => {
  const draft = draftOf(
    redrafted("rows.yaml", [
      "    when:\n      id: $caller.customerId",
      "    when:\n      all:\n        - id: $caller.customerId\n        - legalHold: false",
    ]),
  );
  const [pair] = changesBetween(POLICY, draft).filter(({ rows }) => rows.length > 0);
  expect(pair?.rows.map((row) => rowSentence(row, " on 3 rows"))).toContainEqual(
    expect.stringMatching(
      /^DATA_SUBJECT .*for SELF_ACCESS no longer sees some rows of Customer on 3 rows\.$/,
    ),
  );
  expect(pair?.fields.every(({ to }) => to === "NONE")).toBe(true);
  expect(pair?.fields.some(({ from, category }) => from === "CLEAR" && category === "NAME")).toBe(
    true,
  );
});

test("verbs that are given and taken are told", () => {
  const draft = draftOf(
    redrafted("roles/data-steward.yaml", ["change: [NAME, CONTACT]", "change: [NAME]"]),
  );
  const verbs = changesBetween(POLICY, draft).flatMap((pair) => pair.verbs.map(verbSentence));
  expect(verbs).toContainEqual(
    expect.stringMatching(/^DATA_STEWARD .*gains the verb update on Customer customerNo, /),
  );
  expect(verbs).toContainEqual(
    expect.stringMatching(/^DATA_STEWARD .*loses the verb update on Customer customerNo, .*phone/),
  );
});

test("roles, purposes and the smallest group are compared, too", () => {
  const draft = draftOf(redrafted("counts.yaml", ["smallest-group: 20", "smallest-group: 50"]), {
    name: "roles/clerk.yaml",
    text: "role: CLERK\nabout: Files.\nkind: STAFF\ngrants: []\n",
  });
  expect(compareFrames({ from: POLICY, to: draft, catalog: CATALOG, now: NOW })).toMatchObject({
    rolesAdded: ["CLERK"],
    rolesRemoved: [],
    purposesAdded: [],
    counts: { from: { smallestGroup: 20 }, to: { smallestGroup: 50 } },
  });
});

function changesBetween(from: Policy, to: Policy): PairChanges[] {
  const compared = comparePolicies({ from, to, catalog: CATALOG, now: NOW });
  return [...compared].flatMap(({ changes }) => changes ?? []);
}

function withoutCondition(change: FieldChange): Partial<FieldChange> {
  return Object.fromEntries(Object.entries(change).filter(([name]) => name !== "condition"));
}
