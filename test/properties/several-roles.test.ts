import fc from "fast-check";
import { LRUCache } from "lru-cache";
import { rankOf } from "../../src/classification/disclosure.ts";
import type { Caller } from "../../src/identity/caller.ts";
import { DEMO_CALLERS } from "../../src/identity/demo-callers.ts";
import type { Decisions } from "../../src/policy/decisions.ts";
import { rowsThatMeet } from "../support/generated-rows.ts";
import {
  callerBut,
  CUSTOMER,
  customerBut,
  decisionsOf,
  type PlainRow,
  POLICY,
} from "../support/policy-world.ts";
import { propertyRuns, timeFor } from "../support/runs.ts";

const ROLES = [...POLICY.roles.keys()];
const NOW = new Date("2026-11-20T09:00:00Z");

test(
  "two roles together give no more than the more generous of the two",
  () => {
    const situation = fc
      .record({ demoCaller: fc.constantFrom(...DEMO_CALLERS), mfa: fc.boolean() })
      .chain(({ demoCaller, mfa }) =>
        fc.constantFrom(...demoCaller.purposes).chain((purpose) => {
          const caller = callerBut({ name: demoCaller.name, purpose, now: NOW, changes: { mfa } });
          return fc.record({ caller: fc.constant(caller), row: almostOpenRow(caller) });
        }),
      );
    fc.assert(
      fc.property(situation, ({ caller, row }) => {
        const [own = ""] = caller.roles;
        for (const other of ROLES) expectNoMoreThanApart({ caller, own, other, row });
      }),
      { numRuns: propertyRuns(500) },
    );
  },
  timeFor(240_000),
);

function expectNoMoreThanApart({
  caller,
  own,
  other,
  row,
}: {
  caller: Caller;
  own: string;
  other: string;
  row: PlainRow;
}): void {
  const both = withRoles(caller, [own, other]);
  const apart = [withRoles(caller, [own]), withRoles(caller, [other])];
  expect(apart.some((one) => one.canSee("Customer", row))).toBe(both.canSee("Customer", row));
  for (const field of CUSTOMER.fields.keys()) {
    const most = Math.max(...apart.map((one) => rankAt(one, field, row)));
    const together = rankAt(both, field, row);
    if (together > most) throw new Error(`${field} for ${own} and ${other}: ${together} > ${most}`);
  }
}

/** Callers come up again and again, and their decisions are the same; all of them would fill the memory. */
const known = new LRUCache<string, Decisions>({ max: 300 });

function withRoles(caller: Caller, roles: readonly string[]): Decisions {
  const key = JSON.stringify([caller.id, caller.purpose, caller.mfa, roles]);
  const decisions = known.get(key) ?? decisionsOf({ ...caller, roles }, NOW);
  known.set(key, decisions);
  return decisions;
}

/** A customer on whom every grant to the caller holds, but for up to three attributes. */
function almostOpenRow(caller: Caller): fc.Arbitrary<PlainRow> {
  const open = customerBut({
    assignedAgentIds: [caller.id],
    basisPurposes: [...POLICY.purposes.keys()],
    caseCodes: caller.caseCodes,
    disputeOpen: true,
    rightsRequestOpen: true,
    inTransfer: true,
  });
  const attributes = fc.subarray([...CUSTOMER.attributes.keys()], { maxLength: 3 });
  return fc
    .tuple(attributes, rowsThatMeet(withRoles(caller, caller.roles), "Customer"))
    .map(([names, row]) => ({
      ...open,
      ...Object.fromEntries(names.map((name) => [name, row[name]])),
    }));
}

function rankAt(decisions: Decisions, field: string, row: PlainRow): number {
  const plan = decisions.planOf("Customer").get(field);
  return rankOf(plan?.decide(row).disclosure ?? "NONE");
}
