import {
  AUDIT_STATES,
  type AuditStatus,
  type AuditStep,
  changeBy,
  expectAnother,
  expectFieldwork,
} from "../../../src/engagements/audit.rules.ts";

const NOW = new Date("2026-11-23T12:00:00Z");
const PLANNER = { id: "planner", name: "planner" };
const OTHER = { id: "other", name: "other" };
const TERMS = { mostInARow: 3 };

function audit(changes: Partial<AuditStatus> = {}): AuditStatus {
  return {
    kind: "EXTERNAL",
    state: "PLANNED",
    plannedById: PLANNER.id,
    independenceDeclared: true,
    ...changes,
  };
}

const codeOf = (attempt: () => unknown): unknown => {
  try {
    attempt();
    return null;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};

function taken(step: AuditStep, is: AuditStatus): unknown {
  return codeOf(() => changeBy(step, { is, actor: OTHER, now: NOW }));
}

test.each([
  ["EXTERNAL", PLANNER, "FOUR_EYES_REQUIRED"],
  ["REGULATOR_ORDERED", PLANNER, "FOUR_EYES_REQUIRED"],
  ["INTERNAL", PLANNER, null],
  ["EXTERNAL", OTHER, null],
] as const)("an %s audit is begun by %o: %s", (kind, actor, code) => {
  const step: AuditStep = { kind: "open", terms: TERMS };
  expect(codeOf(() => expectAnother(step, { is: audit({ kind }), actor }))).toBe(code);
});

test("fieldwork begins from PLANNED alone, and only where everybody is independent", () => {
  const open: AuditStep = { kind: "open", terms: TERMS };
  expect(changeBy(open, { is: audit(), actor: OTHER, now: NOW })).toEqual({
    state: "FIELDWORK",
    openedById: OTHER.id,
    openedBy: OTHER.name,
    openedAt: NOW,
  });
  expect(taken(open, audit({ independenceDeclared: false }))).toBe("INDEPENDENCE_NOT_DECLARED");
  for (const state of AUDIT_STATES.slice(1))
    expect(taken(open, audit({ state }))).toBe("INVALID_STATE");
});

test("the team goes from each state to the next and to no other, and never begins the fieldwork", () => {
  const possible = AUDIT_STATES.flatMap((state) =>
    AUDIT_STATES.filter((to) => taken({ kind: "advance", to }, audit({ state })) === null).map(
      (to) => [state, to],
    ),
  );
  expect(possible).toEqual([
    ["FIELDWORK", "DRAFT"],
    ["DRAFT", "RESPONSE"],
    ["RESPONSE", "FINAL"],
    ["FINAL", "FOLLOW_UP"],
    ["FOLLOW_UP", "CLOSED"],
  ]);
});

test("a declaration is made before the fieldwork", () => {
  expect(
    AUDIT_STATES.filter((state) => taken({ kind: "declare" }, audit({ state })) === null),
  ).toEqual(["PLANNED"]);
});

test("an end is noted with who, when and why; what has ended does not end again", () => {
  const close: AuditStep = { kind: "close", reason: "Why." };
  expect(changeBy(close, { is: audit(), actor: OTHER, now: NOW })).toEqual({
    state: "CLOSED",
    closedBy: OTHER.name,
    closedAt: NOW,
    closeReason: "Why.",
  });
  expect(taken(close, audit({ state: "CLOSED" }))).toBe("INVALID_STATE");
});

test("records are looked at from the fieldwork until the report is final", () => {
  expect(AUDIT_STATES.filter((state) => codeOf(() => expectFieldwork(state)) === null)).toEqual([
    "FIELDWORK",
    "DRAFT",
    "RESPONSE",
  ]);
});
