import fc from "fast-check";
import { attributesFor } from "../../src/classification/catalog.ts";
import type { Caller } from "../../src/identity/caller.ts";
import { abilityFor } from "../../src/policy/ability.ts";
import { ALWAYS, type AttributeValues, NEVER } from "../../src/policy/condition.ts";
import { Decisions } from "../../src/policy/decisions.ts";
import type { Policy } from "../../src/policy/rule.ts";
import { type ChangedDecision, exactJudge, type Judge } from "../../src/policy/simulation.ts";
import { boundedJudge } from "../../src/policy/simulation-bounds.ts";
import { surveyedPairs } from "../../src/policy/survey-callers.ts";
import { type Mutant, mutantsOf } from "../../src/proving/mutants.ts";
import { rowsThatMeet } from "../support/generated-rows.ts";
import { CATALOG, CUSTOMER, POLICY, ROWS } from "../support/policy-world.ts";
import { propertyRuns, timeFor } from "../support/runs.ts";
import { TEMPLATE_NOW } from "../support/template.ts";

const MUTANTS = POLICY.rules.flatMap((rule) => mutantsOf(rule, CATALOG));
const FIELDS = [...CUSTOMER.fields.values()];
const NOBODY = "0192a000-0000-7000-8000-00000000dead";
/** What a customer is to whom nothing special happened, read at home by those who lack nothing. */
const BASE: AttributeValues = { ...ROWS.but("Customer", {}), exportKey: "export" };
const ORGANISATION = BASE["controllerId"] as string;
const RUNS = { numRuns: propertyRuns(200) };

/** Those who lack nothing, to whom no row is anything: of them alone bounds are told. */
const CALLERS = surveyedPairs(POLICY, [...CUSTOMER.fields.keys()], TEMPLATE_NOW)
  .flatMap(({ callers }) => callers.slice(0, 1))
  .map((caller): Caller => ({
    ...caller,
    id: NOBODY,
    organisationId: ORGANISATION,
    servedOrganisationIds: [ORGANISATION],
  }))
  .map((caller) => {
    const decisions = decisionsUnder(POLICY, caller);
    return { caller, decisions, bound: new Set(decisions.bound.rules.map(({ origin }) => origin)) };
  });

/** A wrong policy, a caller whom it concerns, and rows like the base row that meet their rules. */
const world = fc
  .constantFrom(...MUTANTS)
  .filter(({ rule }) => CALLERS.some(({ bound }) => bound.has(rule)))
  .chain((mutant) =>
    fc.record({
      mutant: fc.constant(mutant),
      who: fc.constantFrom(...CALLERS.filter(({ bound }) => bound.has(mutant.rule))),
    }),
  )
  .chain(({ mutant, who: { caller, decisions } }) => {
    const odd = rowsThatMeet(decisions, "Customer");
    const row = fc
      .record({ odd, names: fc.subarray([...attributesFor(CATALOG, CUSTOMER).keys()]) })
      .map(({ odd: values, names }): AttributeValues => {
        const few = names.filter((_, at) => at % 4 === 0).map((name) => [name, values[name]]);
        return { ...BASE, ...Object.fromEntries(few) };
      });
    const rows = fc.array(row, { minLength: 1, maxLength: 5 });
    return fc.record({ mutant: fc.constant(mutant), caller: fc.constant(caller), rows });
  });

test(
  "a policy answers like itself, whatever it is and however it is judged",
  () => {
    fc.assert(
      fc.property(world, ({ mutant, caller, rows }) => {
        const policy = without(mutant);
        const same = { from: policy, to: policy, catalog: CATALOG };
        expect(found(exactJudge(same), caller, rows)).toEqual([]);
        expect(
          found(
            boundedJudge(same, () => NEVER),
            caller,
            rows,
          ),
        ).toEqual([]);
      }),
      RUNS,
    );
  },
  timeFor(120_000),
);

test(
  "judged as they are, rows differ as the decisions of both policies do",
  () => {
    let differing = 0;
    fc.assert(
      fc.property(world, ({ mutant, caller, rows }) => {
        const to = without(mutant);
        const judged = found(exactJudge({ from: POLICY, to, catalog: CATALOG }), caller, rows);
        const both = [POLICY, to].map((policy) => decisionsUnder(policy, caller));
        const decided = rows.flatMap((row, at) =>
          FIELDS.flatMap((field) => {
            const [was, is] = both.map((decisions) => {
              const { isVisible, reason } = decisions.rowVerdict("Customer", row);
              return isVisible
                ? decisions.fieldPlan(field).decide(row)
                : { disclosure: "NONE", reason };
            });
            return was?.disclosure === is?.disclosure
              ? []
              : [[at, field.name, was?.disclosure, is?.disclosure, was?.reason, is?.reason]];
          }),
        );
        differing += decided.length;
        expect(
          judged.flatMap(({ row, field, changes }) =>
            changes.map(({ from, to: given, reasonsBefore, reasonsAfter }) => [
              rows.indexOf(row),
              field.name,
              from,
              given,
              reasonsBefore[0] ?? null,
              reasonsAfter[0] ?? null,
            ]),
          ),
        ).toEqual(decided);
      }),
      RUNS,
    );
    expect(differing).toBeGreaterThan(10);
  },
  timeFor(240_000),
);

test(
  "what differs is within the bounds, and is the bound where everything is known",
  () => {
    fc.assert(
      fc.property(world, ({ mutant, caller: whole, rows }) => {
        const policies = { from: POLICY, to: without(mutant), catalog: CATALOG };
        const caller = asTriedOn(whole);
        // Bounds are told of callers who read at home, and of nobody's own record: a draft does not learn
        // which customer a principal is (decision 0027).
        const atHome = rows
          .filter((row) => row["id"] !== caller.customerId)
          .map((row): AttributeValues => ({ ...row, exportKey: "export" }));
        const exact = levelsOf(found(exactJudge(policies), caller, atHome), atHome);
        const unknown = found(
          boundedJudge(policies, () => NEVER),
          caller,
          atHome,
        );
        const known = found(
          boundedJudge(policies, () => ALWAYS),
          caller,
          atHome,
        );
        expect(levelsOf(unknown, atHome)).toEqual(expect.arrayContaining(exact));
        expect(levelsOf(known, atHome).toSorted()).toEqual(exact.toSorted());
        expect(known.every(({ changes }) => changes.every(({ isCertain }) => isCertain))).toBe(
          true,
        );
      }),
      { numRuns: propertyRuns(40) },
    );
  },
  timeFor(240_000),
);

test(
  "of rows of which nothing is known, all are told alike",
  () => {
    fc.assert(
      fc.property(world, ({ mutant, caller: whole, rows }) => {
        const policies = { from: POLICY, to: without(mutant), catalog: CATALOG };
        const caller = asTriedOn(whole);
        const unknown = found(
          boundedJudge(policies, () => NEVER),
          caller,
          rows,
        );
        const byRow = rows.map((row) =>
          unknown
            .filter((one) => one.row === row)
            .map(({ field, changes }) => [field.name, changes]),
        );
        for (const one of byRow) expect(one).toEqual(byRow[0]);
      }),
      { numRuns: propertyRuns(40) },
    );
  },
  timeFor(240_000),
);

/**
 * Nothing is opened to whom a draft is tried on: they are in no case and no audit of any row, which
 * is what bounds suppose (decision 0027).
 */
function asTriedOn(whole: Caller): Caller {
  return { ...whole, elevations: [], disclosureCases: [], engagements: [], caseCodes: [] };
}

function found(judge: Judge, caller: Caller, rows: readonly AttributeValues[]): ChangedDecision[] {
  return [...judge({ caller, at: TEMPLATE_NOW, type: CUSTOMER, fields: FIELDS, rows })];
}

function levelsOf(
  decisions: readonly ChangedDecision[],
  rows: readonly AttributeValues[],
): string[] {
  return decisions.flatMap(({ row, field, changes }) =>
    changes.map(({ from, to }) => `${rows.indexOf(row)} ${field.name} ${from} ${to}`),
  );
}

function decisionsUnder(policy: Policy, caller: Caller): Decisions {
  return new Decisions(abilityFor({ policy, catalog: CATALOG, caller, now: TEMPLATE_NOW }));
}

function without({ rule, becomes }: Mutant): Policy {
  const rules = POLICY.rules.flatMap((one) => (one === rule ? (becomes ?? []) : one));
  return { ...POLICY, version: "mutant", rules };
}
