import pg from "pg";
import { createReader } from "../../../src/database/reader.ts";
import { createLookupLedger } from "../../../src/database/lookup-ledger.ts";
import { GuardedReader } from "../../../src/guard/guarded-reader.ts";
import { LookupBudget } from "../../../src/guard/lookup-budget.ts";
import { newSecretKey } from "../../../src/sealing/secret-key.ts";
import { journalOf } from "../../support/journal.ts";
import { callerBut, CATALOG, decisionsOf } from "../../support/policy-world.ts";

const NOW = new Date("2026-11-20T09:00:00Z");
const SELECTION = { shown: new Set(["phone"]), judged: new Set<string>() };

// Worked decision 5. The pool connects when it is first asked, and it never is.
test("a CS agent who names no purpose reads nothing: PURPOSE_REQUIRED", async () => {
  const rows = readerWithoutPurpose();
  const refusal = expect.objectContaining({ code: "PURPOSE_REQUIRED" }) as Error;
  const list = {
    type: "Customer",
    list: "Query.customers",
    selection: SELECTION,
    page: {},
    wantsTotalCount: true,
  };
  await expect(rows.list(list)).rejects.toEqual(refusal);
  await expect(rows.get("Customer", SELECTION, "some id")).rejects.toEqual(refusal);
  await expect(rows.attributesOf("Customer", "some id")).rejects.toEqual(refusal);
  await expect(async () => rows.find("Customer", SELECTION, "some id")).rejects.toEqual(refusal);
  await expect(rows.listBelow(list, { column: "transfer_id", id: "some id" })).rejects.toEqual(
    refusal,
  );
});

function readerWithoutPurpose(): GuardedReader {
  const caller = { ...callerBut({ name: "cs-agent", now: NOW }), purpose: null };
  const decisions = decisionsOf(caller, NOW);
  const pool = new pg.Pool({ host: "127.0.0.1", port: 1 });
  return new GuardedReader({
    reader: createReader({ pool, catalog: CATALOG }),
    decisions,
    callerId: caller.id,
    purpose: caller.purpose,
    cursorKey: newSecretKey(),
    indexesOf: () => [],
    budget: new LookupBudget({
      ledger: createLookupLedger({ pool, catalog: CATALOG }),
      decisions,
      spender: {
        id: caller.id,
        name: caller.name,
        organisationId: caller.organisationId,
        concernedIds: [],
      },
      now: NOW,
      digestOf: () => Buffer.alloc(16),
      onAlert: () => undefined,
    }),
    journal: journalOf(decisions),
    maxPageSize: 50,
  });
}
