import fc from "fast-check";
import { attributesFor, typeIn } from "../../src/classification/catalog.ts";
import { batchesOf } from "../../src/database/condition-counts.ts";
import { createPool } from "../../src/database/pool.ts";
import { createReader } from "../../src/database/reader.ts";
import type { Caller } from "../../src/identity/caller.ts";
import { abilityFor } from "../../src/policy/ability.ts";
import { ALWAYS, type AttributeValues } from "../../src/policy/condition.ts";
import { Decisions } from "../../src/policy/decisions.ts";
import { comparePolicies, directionOf, type PairChanges } from "../../src/policy/diff.ts";
import { type ComparedPair, comparedPairs } from "../../src/policy/diff-callers.ts";
import { conditionsToCount, CountsByCondition } from "../../src/policy/diff-counts.ts";
import { answerOn } from "../../src/policy/diff-fields.ts";
import type { Policy } from "../../src/policy/rule.ts";
import { type Mutant, mutantsOf } from "../../src/proving/mutants.ts";
import { freshDatabase } from "../support/fresh-database.ts";
import { CATALOG, CUSTOMER, POLICY, ROWS } from "../support/policy-world.ts";
import { propertyRuns, timeFor } from "../support/runs.ts";
import { TEMPLATE_NOW } from "../support/template.ts";

/** Wrong policies: every way in which one rule of the right one can be made wrong. */
const MUTANTS = POLICY.rules.flatMap((rule) => mutantsOf(rule, CATALOG));
const mutant = fc.constantFrom(...MUTANTS);
/** One that changes rows of every ledger, so that the count has something to count. */
const ALWAYS_TOLD = MUTANTS.find(
  ({ rule, change }) => rule.id === "cs-agent/no-case" && change === "removed",
) as Mutant;
/** A comparison binds every role, purpose and situation, so a run is dear. */
const RUNS = { numRuns: propertyRuns(4) };
const ORGANISATION = ROWS.but("Customer", {})["controllerId"] as string;

test(
  "a policy does not differ from itself, whatever it is",
  () => {
    fc.assert(
      fc.property(mutant, (one) => {
        expect(changesBetween(without(one), without(one))).toEqual([]);
      }),
      RUNS,
    );
  },
  timeFor(120_000),
);

test(
  "what one direction gains the other one loses",
  () => {
    fc.assert(
      fc.property(mutant, (one) => {
        const there = linesOf(changesBetween(POLICY, without(one)), false);
        const back = linesOf(changesBetween(without(one), POLICY), true);
        expect(there).toEqual(back);
      }),
      RUNS,
    );
  },
  timeFor(120_000),
);

describe("on the demonstration's ledger", () => {
  let close: () => Promise<void>;
  let reader: ReturnType<typeof createReader>;
  let rows: readonly AttributeValues[];

  beforeAll(async () => {
    const { url, drop } = await freshDatabase();
    const pool = createPool({ url });
    reader = createReader({ pool, catalog: CATALOG });
    close = async () => {
      await pool.end();
      await drop();
    };
    const attributes = [...attributesFor(CATALOG, CUSTOMER).keys()];
    const request = { type: CUSTOMER, visible: ALWAYS, needs: { parts: new Map(), attributes } };
    const page = { filter: null, order: [], limit: 400, from: null, backwards: false };
    const all = await reader.page(request, page);
    const minors = await reader.page(
      {
        ...request,
        visible: { kind: "in", attribute: "ageBand", values: ["CHILD", "YOUTH"] },
      },
      page,
    );
    rows = [...new Map([...all, ...minors].map((row) => [row.id, row])).values()];
  });
  afterAll(() => close());

  test(
    "the rows that are counted are those on which the decision itself differs",
    async () => {
      let counted = 0;
      let found = 0;
      await fc.assert(
        fc.asyncProperty(mutant, async (one) => {
          const pairs = changesBetween(POLICY, without(one));
          const counts = await countAll(pairs);
          const callersUnder = comparedPairs([POLICY, without(one)], CATALOG, TEMPLATE_NOW);
          for (const { fields } of pairs) {
            for (const change of fields.filter(({ type }) => type === "Customer")) {
              const told = counts.of(change, ORGANISATION);
              if (told === undefined) continue;
              counted += 1;
              // The others of the line are decided by the same rules.
              const [field = ""] = change.fields;
              const decided = rowsOn({
                change,
                name: field,
                draft: without(one),
                pairs: callersUnder,
              });
              expect([change, told.others]).toEqual([change, decided]);
              found += decided;
            }
          }
        }),
        { ...RUNS, examples: [[ALWAYS_TOLD]] },
      );
      expect(counted).toBeGreaterThan(10);
      expect(found).toBeGreaterThan(0);
    },
    timeFor(300_000),
  );

  /** Counts among the rows of the sample, exactly. */
  async function countAll(pairs: readonly PairChanges[]): Promise<CountsByCondition> {
    const counts = new CountsByCondition();
    const ids = rows.map(({ ["id"]: id }) => id as string);
    const visible = { kind: "in", attribute: "id", values: ids } as const;
    for (const { type, among, conditions } of conditionsToCount(pairs, ORGANISATION)) {
      if (type !== "Customer") continue;
      for (const some of batchesOf(conditions)) {
        const counting = { conditions: some, among, floor: 0, step: 1 };
        const request = { type: typeIn(CATALOG, type), visible };
        const found = await reader.countConditions(request, counting);
        counts.add({ type, conditions: some }, { counts: found });
      }
    }
    return counts;
  }

  /** The same by deciding each row for a real caller to whom no row is anything. */
  function rowsOn({
    change: { role, purpose, situations, from, to },
    name,
    draft,
    pairs,
  }: {
    change: PairChanges["fields"][number];
    name: string;
    draft: Policy;
    pairs: readonly ComparedPair[];
  }): number {
    const pair = pairs.find((one) => one.role === role && one.purpose === purpose);
    const exemplary = pair?.callers.find(({ situation }) => situation === situations[0])?.caller;
    if (exemplary === undefined) throw new Error("No such caller.");
    const caller: Caller = {
      ...exemplary,
      id: NOBODY,
      organisationId: ORGANISATION,
      servedOrganisationIds: [ORGANISATION],
      customerId: NOBODY,
      engagements: exemplary.engagements.map((one) => ({
        ...one,
        organisationIds: [ORGANISATION],
      })),
      caseCodes: ["no case of theirs"],
      exportKeys: [...new Set(rows.map((row) => String(row["exportKey"])))],
    };
    const field = CUSTOMER.fields.get(name);
    if (field === undefined) throw new Error("No such field.");
    const [before, after] = [POLICY, draft].map((policy) => {
      const decisions = decisionsUnder(policy, caller);
      const plan = decisions.fieldPlan(field);
      return (row: AttributeValues) =>
        answerOn(plan, decisions.rowVerdict("Customer", row), row).disclosure;
    });
    return rows.filter((row) => before?.(row) === from && after?.(row) === to).length;
  }
});

const NOBODY = "0192a000-0000-7000-8000-00000000dead";

function decisionsUnder(policy: Policy, caller: Caller): Decisions {
  return new Decisions(abilityFor({ policy, catalog: CATALOG, caller, now: TEMPLATE_NOW }));
}

function without({ rule, becomes }: Mutant): Policy {
  const rules = POLICY.rules.flatMap((one) => (one === rule ? (becomes ?? []) : one));
  return { ...POLICY, version: "mutant", rules };
}

function changesBetween(from: Policy, to: Policy): PairChanges[] {
  const compared = comparePolicies({ from, to, catalog: CATALOG, now: TEMPLATE_NOW });
  return [...compared].flatMap(({ changes }) => changes ?? []);
}

/** Changes as texts, one a field and situation; turned round where asked for. */
function linesOf(pairs: readonly PairChanges[], isTurned: boolean): string[] {
  return pairs
    .flatMap(({ fields, rows, verbs }) => [
      ...fields.flatMap((change) =>
        change.situations.flatMap((situation) =>
          change.fields.map((field) => {
            const [from, to] = isTurned ? [change.to, change.from] : [change.from, change.to];
            return [
              change.role,
              change.purpose,
              change.type,
              situation,
              field,
              from,
              to,
              directionOf({ from, to }),
            ];
          }),
        ),
      ),
      ...[...rows, ...verbs].map((change) => [
        change.role,
        change.purpose,
        change.type,
        "verb" in change ? `${change.verb} ${change.fields.join()}` : "rows",
        change.isGained !== isTurned,
        change.situations.toSorted(),
      ]),
    ])
    .map((line) => JSON.stringify(line))
    .sort();
}
