import { AGES } from "./ages.ts";
import { type NewCustomer, newCustomer } from "../../src/customers/customer-row.ts";
import type { CustomerRecord } from "../../src/customers/customer-record.ts";
import type { Columns } from "../../src/customers/customer.sealing.ts";
import { writeCustomers } from "../../src/database/customer-writer.ts";
import { addTransferItems } from "../../src/database/seed-writer.ts";
import { inTransaction } from "../../src/database/transaction.ts";
import { DEMO_CALLERS } from "../../src/identity/demo-callers.ts";
import {
  DEMO_ORGANISATIONS,
  type DemoOrganisationCode,
} from "../../src/identity/demo-organisations.ts";
import { TRANSFERS } from "../../seeds/transfer-plan.ts";
import { recordOf } from "../../seeds/generate.ts";
import type { TestServer } from "./start-test-server.ts";
import { TEMPLATE_NOW } from "./template.ts";

/** A customer with values that a test looks for where they must not be. */
export interface Canary {
  readonly id: string;
  readonly organisation?: DemoOrganisationCode;
  readonly record: Partial<CustomerRecord>;
  /** Attributes that rules read, where they differ from those of a customer of whom nothing is known. */
  readonly columns?: Columns;
  /** Code and state of the canary's place in a transfer. */
  /** False where the canary was never in a transfer that the auditor from outside looks into. */
  readonly isAudited?: boolean;
  readonly transfer?: { readonly code: string; readonly state: string };
}

/** A canary's id: it comes before every customer of the demonstration, in the order of the numbers. */
export function canaryId(number: number): string {
  return `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`;
}

/** Id of a transfer of the demonstration. */
export function transferId(code: string): string {
  const found = TRANSFERS.find((transfer) => transfer.code === code);
  if (found === undefined) throw new Error(`no transfer ${code}`);
  return found.id;
}

/** Id of a demo caller. */
export function callerId(name: string): string {
  const found = DEMO_CALLERS.find((caller) => caller.name === name);
  if (found === undefined) throw new Error(`no demo caller ${name}`);
  return found.id;
}

/** Every demo caller with each of its purposes. */
export const ASKERS: readonly { readonly caller: string; readonly purpose: string }[] =
  DEMO_CALLERS.flatMap(({ name, purposes }) =>
    purposes.map((purpose) => ({ caller: name, purpose })),
  );

/** What stands at a path of an answer; null where the path ends early. */
export function dig(data: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === "object" && at !== null ? ((at as Record<string, unknown>)[key] ?? null) : null,
    data,
  );
}

/** Case of the responder from outside, who so reaches whoever is in no case of their own. */
const EVERYBODYS_CASES: Columns = { case_codes: ["INCIDENT-2026-001"] };

/** A transfer that the auditor from outside looks into. */
const AUDITED = transferId("TR-2026-005");

/** Stores canaries as the import would: validated records, sealed and indexed by the product itself. */
export async function insertCanaries(
  server: TestServer,
  canaries: readonly Canary[],
): Promise<void> {
  const { organisationKeys, database } = server.app.services;
  const rows = canaries.map((canary): NewCustomer => {
    const { id, organisation = "transferor", record, columns = {} } = canary;
    const row = newCustomer({
      id,
      record: recordOf(record),
      controller: organisationKeys.newest(DEMO_ORGANISATIONS[organisation].id),
      jurisdiction: "CN" as never,
      now: TEMPLATE_NOW,
      source: "canary",
      agesIn: AGES,
    });
    // The same in every database, so that the answers of two can be compared.
    const events = row.events.map((event) => ({ ...event, id }));
    const inTransfer = canary.transfer !== undefined;
    return {
      ...row,
      columns: { ...row.columns, ...EVERYBODYS_CASES, in_transfer: inTransfer, ...columns },
      events,
    };
  });
  await inTransaction(database.pool, async (client) => {
    await writeCustomers(client, rows);
    await addTransferItems(client, canaries.flatMap(placeOf));
    const audited = canaries.filter(({ isAudited = true }) => isAudited).map(({ id }) => id);
    await client.query(
      "update customer set transfer_ids = transfer_ids || $1::uuid where id = any ($2::uuid[]) and not $1 = any (transfer_ids)",
      [AUDITED, audited],
    );
  });
}

function placeOf({ id, transfer }: Canary): Parameters<typeof addTransferItems>[1][number][] {
  if (transfer === undefined) return [];
  return [
    {
      id,
      customerId: id,
      transferId: transferId(transfer.code),
      transferorId: DEMO_ORGANISATIONS.transferor.id,
      transfereeId: DEMO_ORGANISATIONS.transferee.id,
      state: transfer.state,
      reasons: [],
      excludedCategories: [],
      caseCodes: TRANSFERS.find(({ code }) => code === transfer.code)?.cases ?? [],
      updatedAt: TEMPLATE_NOW,
    },
  ];
}
