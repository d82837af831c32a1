import fc from "fast-check";
import { CLASSIFICATIONS } from "../../src/classification/classification.ts";
import { rankOf } from "../../src/classification/disclosure.ts";
import { DEMO_CALLERS } from "../../src/identity/demo-callers.ts";
import { ALWAYS_TEMPLATE } from "../../src/policy/template.ts";
import { generatedRow } from "../support/generated-conditions.ts";
import {
  generatedGrant,
  generatedRowRule,
  generatedRowStop,
  generatedRules,
  generatedStop,
  THING,
} from "../support/generated-policy.ts";
import { rowsThatMeet } from "../support/generated-rows.ts";
import { additionsFor, inAnyOrder, loadedAnew } from "../support/policy-in-any-order.ts";
import { callerBut, CATALOG, POLICY } from "../support/policy-world.ts";
import { isJointCap } from "../../src/policy/joint-caps.ts";
import { propertyRuns } from "../support/runs.ts";
import {
  decidedBy,
  expectNoneRaised,
  generatedCaller,
  NOW,
  underRules,
  verdictsOn,
} from "../support/situations.ts";

/** Rules that hold one field down beside another one (decision 0019). */
const JOINT_CAPS = new Set(POLICY.rules.filter(isJointCap).map(({ id }) => id));
const runs = { numRuns: propertyRuns(1_000) };

describe("rules of any kind", () => {
  test("the order of rules changes no verdict", () => {
    const inTwoOrders = generatedRules.chain((rules) =>
      fc.tuple(fc.constant(rules), inAnyOrder(rules)),
    );
    fc.assert(
      fc.property(inTwoOrders, generatedCaller, generatedRow, ([rules, shuffled], who, row) => {
        const one = underRules(rules, who);
        const other = underRules(shuffled, who);
        expect(verdictsOn({ decisions: other, type: THING, row })).toEqual(
          verdictsOn({ decisions: one, type: THING, row }),
        );
        expect(other.rowVerdict(THING, row)).toEqual(one.rowVerdict(THING, row));
      }),
      runs,
    );
  });

  test("one stop more never raises a disclosure or shows a row", () => {
    const stop = fc.oneof(generatedStop, generatedRowStop);
    fc.assert(
      fc.property(generatedRules, stop, generatedCaller, generatedRow, (rules, more, who, row) => {
        const before = { decisions: underRules(rules, who), type: THING, row };
        const after = { decisions: underRules([...rules, more], who), type: THING, row };
        expectNoneRaised(before, after);
      }),
      runs,
    );
  });

  test("one grant more never lowers a disclosure or hides a row", () => {
    const grant = fc.oneof(generatedGrant, generatedRowRule);
    fc.assert(
      fc.property(generatedRules, grant, generatedCaller, generatedRow, (rules, more, who, row) => {
        const before = { decisions: underRules(rules, who), type: THING, row };
        const after = { decisions: underRules([...rules, more], who), type: THING, row };
        expectNoneRaised(after, before);
      }),
      runs,
    );
  });

  test("a stop that always holds caps every field of every row", () => {
    fc.assert(
      fc.property(
        generatedRules,
        generatedStop,
        generatedCaller,
        generatedRow,
        (rules, stop, who, row) => {
          const everywhere = { caller: ALWAYS_TEMPLATE, when: ALWAYS_TEMPLATE, fields: {} };
          const more = { ...stop, ...everywhere, atMost: "COARSE" } as const;
          const decisions = underRules([...rules, more], who);
          for (const { disclosure } of verdictsOn({ decisions, type: THING, row }).values()) {
            expect(rankOf(disclosure)).toBeLessThanOrEqual(rankOf("COARSE"));
          }
        },
      ),
      runs,
    );
  });
});

describe("the documents under policies/", () => {
  /** A demo caller with each purpose and with all roles that anybody has, in some order. */
  const who = fc
    .record({
      demo: fc.constantFrom(...DEMO_CALLERS),
      purpose: fc.constantFrom(...POLICY.purposes.keys()),
      others: fc.subarray([...POLICY.roles.keys()], { maxLength: 2 }),
      situation: fc.record({
        mfa: fc.boolean(),
        clearance: fc.constantFrom(null, ...CLASSIFICATIONS),
        withinWorkingHours: fc.boolean(),
        organisationIsFinancial: fc.boolean(),
        organisationIsOperator: fc.boolean(),
      }),
    })
    .map(({ demo, purpose, others, situation }) => {
      const roles = [...new Set([...demo.roles, ...others])];
      return callerBut({ name: demo.name, purpose, now: NOW, changes: { ...situation, roles } });
    });
  const asked = who.chain((caller) =>
    fc.constantFrom(...CATALOG.keys()).chain((type) =>
      fc.record({
        caller: fc.constant(caller),
        type: fc.constant(type),
        row: rowsThatMeet(decidedBy(POLICY, caller), type),
      }),
    ),
  );

  test("the order of documents, of rules in a document and of a caller's roles changes no verdict", () => {
    fc.assert(
      fc.property(asked, loadedAnew, fc.boolean(), ({ caller, type, row }, shuffled, isTurned) => {
        const roles = isTurned ? caller.roles.toReversed() : caller.roles;
        const one = { decisions: decidedBy(POLICY, caller), type, row };
        const other = { decisions: decidedBy(shuffled, { ...caller, roles }), type, row };
        expect(verdictsOn(other)).toEqual(verdictsOn(one));
        expect(other.decisions.rowVerdict(type, row)).toEqual(one.decisions.rowVerdict(type, row));
      }),
      runs,
    );
  });

  test("one generated stop more never raises a disclosure or shows a row, but for what a joint cap held down", () => {
    fc.assert(
      fc.property(asked, additionsFor("stop"), ({ caller, type, row }, more) => {
        const before = { decisions: decidedBy(POLICY, caller), type, row };
        const policy = { ...POLICY, rules: [...POLICY.rules, more] };
        expectNoneRaised(before, { decisions: decidedBy(policy, caller), type, row }, JOINT_CAPS);
      }),
      runs,
    );
  });

  test("one generated grant more never lowers a disclosure or hides a row, but for what a joint cap holds down", () => {
    fc.assert(
      fc.property(asked, additionsFor("grant"), ({ caller, type, row }, more) => {
        const before = { decisions: decidedBy(POLICY, caller), type, row };
        const policy = { ...POLICY, rules: [...POLICY.rules, more] };
        expectNoneRaised({ decisions: decidedBy(policy, caller), type, row }, before, JOINT_CAPS);
      }),
      runs,
    );
  });
});
