import type {
  PolicyState,
  PolicyVersionRecord,
} from "../../../src/database/policy-version-record.ts";
import type { Standing } from "../../../src/database/policy-version-writer.ts";
import type { PolicyReport } from "../../../src/policy/policy-report.ts";
import { activated, approved, retired, tested } from "../../../src/policy-versions/lifecycle.ts";

const AUTHOR = { id: "author", name: "Author" };
const SOUND: PolicyReport = {
  cases: 1,
  failed: [],
  outcomes: 1,
  missing: [],
  mutants: 1,
  noticed: 1,
  findings: [],
};
const PLACE = { file: "rows.yaml", line: 1, message: "odd" };

function standing(state: PolicyState, more: Partial<PolicyVersionRecord> = {}): Standing {
  const version = { digest: "it", state, version: 3, author: AUTHOR, activatedAt: null, ...more };
  return {
    version: version as PolicyVersionRecord,
    active: { digest: "before" } as PolicyVersionRecord,
  };
}
const wanted = { by: "somebody else", expectedVersion: 3, note: null };
const activate = { ...wanted, replaces: null };
const code = (word: string) => expect.objectContaining({ code: word });

test("a sound report makes a DRAFT TESTED, any failed case or finding leaves it", () => {
  const test = (report: PolicyReport): string =>
    tested(standing("DRAFT"), wanted, { report, cases: null }).state;
  expect(test(SOUND)).toBe("TESTED");
  expect(test({ ...SOUND, failed: [PLACE] })).toBe("DRAFT");
  expect(test({ ...SOUND, findings: [PLACE] })).toBe("DRAFT");
});

test("the author neither approves nor activates, whatever the state", () => {
  const own = { ...activate, by: AUTHOR.id };
  for (const state of ["DRAFT", "TESTED", "APPROVED", "ACTIVE", "RETIRED"] as const) {
    const at = standing(state, { activatedAt: new Date() });
    expect(() => approved(at, own)).toThrow(code("FOUR_EYES_REQUIRED"));
    expect(() => activated(at, own)).toThrow(code("FOUR_EYES_REQUIRED"));
  }
});

test("each step follows only the states before it", () => {
  const steps = {
    tested: (at: Standing) => tested(at, wanted, { report: SOUND, cases: null }),
    approved: (at: Standing) => approved(at, wanted),
    activated: (at: Standing) => activated(at, activate),
    retired: (at: Standing) => retired(at, wanted),
  };
  const possible: Readonly<Record<string, readonly string[]>> = {
    DRAFT: ["tested", "retired"],
    TESTED: ["approved", "retired"],
    APPROVED: ["activated", "retired"],
    ACTIVE: [],
    RETIRED: [],
  };
  for (const [state, follows] of Object.entries(possible)) {
    for (const [name, step] of Object.entries(steps)) {
      const take = (): unknown => step(standing(state as PolicyState));
      if (follows.includes(name)) expect(take).not.toThrow();
      else expect(take).toThrow(code("INVALID_STATE"));
    }
  }
});

test("what was in force before comes into force again; what was taken back does not", () => {
  const was = standing("RETIRED", { activatedAt: new Date() });
  expect(activated(was, activate).state).toBe("ACTIVE");
  expect(() => activated(standing("RETIRED"), activate)).toThrow(code("INVALID_STATE"));
});

test("a version that changed, or another one in force than was thought, is a conflict", () => {
  const late = { ...activate, expectedVersion: 2 };
  expect(() => approved(standing("TESTED"), late)).toThrow(code("VERSION_CONFLICT"));
  expect(() => activated(standing("APPROVED"), { ...activate, replaces: "older" })).toThrow(
    code("VERSION_CONFLICT"),
  );
  expect(activated(standing("APPROVED"), { ...activate, replaces: "before" }).state).toBe("ACTIVE");
});

test("the program's own documents have no author, so anybody may bring them back", () => {
  const own = standing("RETIRED", { author: null, activatedAt: new Date() });
  expect(activated(own, activate).state).toBe("ACTIVE");
});
