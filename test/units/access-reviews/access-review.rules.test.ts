import {
  expectAnother,
  expectDecidable,
  type ItemStatus,
  judged,
  type RoleGrant,
} from "../../../src/access-reviews/access-review.rules.ts";

const BEFORE = new Date("2026-08-25T12:00:00Z");
const LATER = new Date(BEFORE.getTime() + 1);
const ACTOR = { id: "actor", name: "actor" };

function grant(changes: Partial<RoleGrant> = {}): RoleGrant {
  return {
    assignmentId: "a",
    holderId: "holder",
    holder: "holder",
    role: "STEWARD",
    grantedBy: null,
    validFrom: new Date("2026-01-01T00:00:00Z"),
    validTo: null,
    lastUsedAt: null,
    ...changes,
  };
}

function item(changes: Partial<ItemStatus> = {}): ItemStatus {
  return { holderId: "holder", outcome: null, dormant: false, toxicPairs: [], ...changes };
}

const codeOf = (attempt: () => unknown): unknown => {
  try {
    attempt();
    return null;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};

test.each([
  ["was never used and given long ago", {}, true],
  ["was never used and given lately", { validFrom: BEFORE }, false],
  ["was used long ago", { lastUsedAt: new Date("2026-02-01T00:00:00Z") }, true],
  ["was used lately", { lastUsedAt: LATER }, false],
] as const)("a role that %s: dormant is %s", (_words, changes, dormant) => {
  const conditions = { dormantBefore: BEFORE, toxicPairsOf: () => [] };
  expect(judged([grant(changes)], conditions)).toMatchObject([{ dormant }]);
});

test("where no law says when a role is dormant, none is", () => {
  const conditions = { dormantBefore: null, toxicPairsOf: () => [] };
  expect(judged([grant()], conditions)).toMatchObject([{ dormant: false }]);
});

test("a role is judged beside the other roles of its holder, and of nobody else", () => {
  const asked: unknown[] = [];
  const toxicPairsOf = (role: string, roles: readonly string[]): string[] => {
    asked.push([role, roles]);
    return [];
  };
  const others = [grant({ role: "AUDITOR" }), grant({ holderId: "other", role: "AGENT" })];
  judged([grant(), ...others], { dormantBefore: null, toxicPairsOf });
  expect(asked).toEqual([
    ["STEWARD", ["STEWARD", "AUDITOR"]],
    ["AUDITOR", ["STEWARD", "AUDITOR"]],
    ["AGENT", ["AGENT"]],
  ]);
});

test("nobody decides about the own role", () => {
  expect(codeOf(() => expectAnother(item({ holderId: ACTOR.id }), ACTOR))).toBe(
    "FOUR_EYES_REQUIRED",
  );
  expect(codeOf(() => expectAnother(item(), ACTOR))).toBeNull();
});

test.each([
  ["KEEP", {}, null, null],
  ["REVOKE", {}, null, "REASON_REQUIRED"],
  ["KEEP", { dormant: true }, null, "REASON_REQUIRED"],
  ["KEEP", { toxicPairs: ["x"] }, null, "REASON_REQUIRED"],
  ["KEEP", { dormant: true, toxicPairs: ["x"] }, "Why.", null],
  ["REVOKE", { dormant: true }, "Why.", null],
  ["KEEP", { outcome: "LAPSED" }, "Why.", "INVALID_STATE"],
] as const)("%s of %j because of %j: %j", (outcome, changes, note, code) => {
  expect(codeOf(() => expectDecidable(item(changes), { outcome, note }))).toBe(code);
});
