import fc from "fast-check";
import { rankOf } from "../../src/classification/disclosure.ts";
import { DEMO_CALLERS } from "../../src/identity/demo-callers.ts";
import type { Caller, CallerElevation } from "../../src/identity/caller.ts";
import { isJointCap } from "../../src/policy/joint-caps.ts";
import type { Policy } from "../../src/policy/rule.ts";
import { rowsThatMeet } from "../support/generated-rows.ts";
import { callerBut, CUSTOMER, customerBut, POLICY } from "../support/policy-world.ts";
import { noted } from "../support/record-properties.ts";
import { propertyRuns } from "../support/runs.ts";
import {
  decidedBy,
  expectNoneRaised,
  NOW,
  type Situation,
  verdictsOn,
} from "../support/situations.ts";

/*
 * What an elevation may do to decisions. "More is never less" is claimed of the policy without joint
 * caps: who is given the birth date in clear loses the ends of the number, which is what such a cap
 * is for (docs/decisions/0019). With them every exception has to be theirs.
 */

const RUNS = propertyRuns(1_000);
const SINGLE: Policy = { ...POLICY, rules: POLICY.rules.filter((rule) => !isJointCap(rule)) };
const JOINT = new Set(POLICY.rules.filter(isJointCap).map(({ id }) => id));

const CUSTOMERS = ["0192a000-0000-7000-8000-0000000009ff", "0192a000-0000-7000-8000-0000000009fe"];
const oneOfTwo = fc.constantFrom(...CUSTOMERS, ...CUSTOMERS.slice(0, 1));
const OPENERS = ["compliance-officer", "compliance-deputy", "legal-counsel"];
const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

const minutes = (least: number, most: number): fc.Arbitrary<number> =>
  fc.integer({ min: least, max: most });

/** An elevation that runs, or one that ended within some 25 hours. */
function elevation(state: "running" | "ended"): fc.Arbitrary<CallerElevation> {
  return fc
    .record({
      id: fc.uuid(),
      customerId: oneOfTwo,
      fields: fc.subarray([...CUSTOMER.fields.keys()], { minLength: 5 }),
      purpose: fc.constantFrom("RIGHTS_REQUEST", "DISPUTE_HANDLING", "MARKETING"),
      lasts: minutes(1, 60),
      endsIn: state === "running" ? minutes(1, 60) : minutes(-DAY_MINUTES - 60, 0),
      isReviewed: fc.constantFrom(false, false, true),
    })
    .map(({ lasts, endsIn, isReviewed, ...rest }) => ({
      ...rest,
      from: new Date(NOW.getTime() + (state === "running" ? -lasts : endsIn - lasts) * MINUTE_MS),
      until: new Date(NOW.getTime() + endsIn * MINUTE_MS),
      reviewedAt: state === "ended" && isReviewed ? NOW : null,
    }));
}

const others = fc.array(fc.oneof(elevation("running"), elevation("ended")), { maxLength: 2 });

/** Mostly somebody who can ask for one, sometimes with more roles than their own. */
const whoever: fc.Arbitrary<Caller> = fc
  .record({
    name: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...OPENERS) },
      fc.constantFrom(...DEMO_CALLERS.map(({ name }) => name)),
    ),
    purpose: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom("RIGHTS_REQUEST", "DISPUTE_HANDLING") },
      fc.constantFrom(...POLICY.purposes.keys()),
    ),
    more: fc.subarray([...POLICY.roles.keys()], { maxLength: 2 }),
    mfa: fc.boolean(),
    elevations: others,
  })
  .map(({ name, purpose, more, mfa, elevations }) => {
    const { roles } = callerBut({ name, now: NOW });
    const changes = { roles: [...new Set([...roles, ...more])], mfa, elevations };
    return callerBut({ name, purpose, now: NOW, changes });
  });

interface Asked {
  readonly row: Situation["row"];
  readonly caller: Caller;
  /** The same caller with one elevation more. */
  readonly elevated: Caller;
}

function asked(state: "running" | "ended"): fc.Arbitrary<Asked> {
  return fc.tuple(whoever, elevation(state)).chain(([caller, more]) => {
    const elevated = { ...caller, elevations: [...caller.elevations, more] };
    const likely = fc
      .record({
        id: oneOfTwo,
        rightsRequestOpen: fc.boolean(),
        disputeOpen: fc.boolean(),
      })
      .map((changes): Situation["row"] => customerBut(changes));
    const row = fc.oneof(
      { weight: 2, arbitrary: likely },
      rowsThatMeet(decidedBy(POLICY, elevated), CUSTOMER.name),
    );
    return fc.record({ row, caller: fc.constant(caller), elevated: fc.constant(elevated) });
  });
}

function situation(policy: Policy, caller: Caller, row: Situation["row"]): Situation {
  return { decisions: decidedBy(policy, caller), type: CUSTOMER.name, row };
}

/** Fields of which one situation shows more than another, with the rule that decides in the other. */
function raised(
  from: Situation,
  to: Situation,
): { readonly field: string; readonly rule: string }[] {
  const before = verdictsOn(from);
  return [...verdictsOn(to)].flatMap(([field, { disclosure }]) => {
    const was = before.get(field);
    if (was === undefined) throw new Error(`no verdict on ${field}`);
    return rankOf(disclosure) > rankOf(was.disclosure) ? [{ field, rule: was.rule }] : [];
  });
}

test("an elevation that runs lowers no disclosure and hides no row, joint caps apart", () => {
  let opened = 0;
  fc.assert(
    fc.property(asked("running"), ({ row, caller, elevated }) => {
      const before = situation(SINGLE, caller, row);
      const after = situation(SINGLE, elevated, row);
      expectNoneRaised(after, before);
      opened += raised(before, after).length;
    }),
    { numRuns: RUNS },
  );
  noted({ opened });
  expect(opened).toBeGreaterThan(RUNS / 20);
});

test("what a running elevation lowers is lowered by a joint cap", () => {
  fc.assert(
    fc.property(asked("running"), ({ row, caller, elevated }) => {
      const lowered = raised(situation(POLICY, elevated, row), situation(POLICY, caller, row));
      expect(lowered.filter(({ rule }) => !JOINT.has(rule))).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});

test("an elevation that has ended raises no disclosure and shows no row, joint caps apart", () => {
  let reasoned = 0;
  fc.assert(
    fc.property(asked("ended"), ({ row, caller, elevated }) => {
      const before = situation(SINGLE, caller, row);
      const after = situation(SINGLE, elevated, row);
      expectNoneRaised(before, after);
      reasoned += [...verdictsOn(after).values()].filter(
        ({ reason }) => reason === "ELEVATION_EXPIRED",
      ).length;
    }),
    { numRuns: RUNS },
  );
  noted({ reasoned });
  expect(reasoned).toBeGreaterThan(RUNS / 20);
});

test("what an ended elevation raises was held down by a joint cap", () => {
  fc.assert(
    fc.property(asked("ended"), ({ row, caller, elevated }) => {
      const more = raised(situation(POLICY, caller, row), situation(POLICY, elevated, row));
      expect(more.filter(({ rule }) => !JOINT.has(rule))).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});
