import type { CustomerRecord } from "../../src/customers/customer-record.ts";
import { DEMO_CUSTOMER_IDS } from "../../src/identity/demo-callers.ts";
import { DEMO_ORGANISATIONS } from "../../src/identity/demo-organisations.ts";
import { verdictFor } from "../../src/policy/verdict.ts";
import type { BoundPolicy, Subject } from "../../src/policy/ability.ts";
import { type ASKERS, callerId, type Canary, canaryId, insertCanaries } from "./canaries.ts";
import { FULL_RECORD } from "./customer-world.ts";
import { callerBut, CUSTOMER, customerField, decisionsOf } from "./policy-world.ts";
import type { TestServer } from "./start-test-server.ts";
import { TEMPLATE_NOW } from "./template.ts";

/** Values that differ from those of `FULL_RECORD` in every field that lists filter or order by. */
export const OTHER_RECORD: CustomerRecord = {
  ...FULL_RECORD,
  fullName: "欧阳静",
  phone: "+8613912349876",
  email: "jing@example.org",
  province: "广东省",
  city: "深圳市",
  address: "广东省深圳市学府路88号",
  idNumber: "440305198707210121",
  bankAccount: "6214831234567896",
  taxNo: "91350100M000100Y43",
  uscc: "91110108551385082Q",
  marketingConsent: "REFUSED",
  recordedOn: "2021-06-01",
};

const AGENTS = [
  "cs-agent",
  "cs-agent-untrained",
  "cs-agent-no-mfa",
  "cs-agent-low-clearance",
  "cs-agent-night-shift",
  "cs-agent-abroad",
].map(callerId);
const APPROVED = ["cs-agent", "data-steward", "compliance-officer", "sales-analyst"].map(callerId);
const transferor = DEMO_ORGANISATIONS.transferor.id;
const BORN_AT_SEVEN = "2019-02-03";
const BORN_AT_FIFTEEN = "2011-02-03";

/** One customer in each situation that a rule speaks of. */
const SITUATIONS: readonly Omit<Canary, "id">[] = [
  { record: FULL_RECORD, columns: { assigned_agent_ids: AGENTS } },
  { record: FULL_RECORD },
  { record: { ...OTHER_RECORD, email: null, address: null } },
  {
    record: { ...FULL_RECORD, birthDate: BORN_AT_SEVEN },
    columns: { assigned_agent_ids: AGENTS, minor_approved_ids: APPROVED },
  },
  {
    record: { ...OTHER_RECORD, birthDate: BORN_AT_SEVEN },
    columns: { assigned_agent_ids: AGENTS },
  },
  {
    record: { ...OTHER_RECORD, birthDate: BORN_AT_SEVEN, guardianName: null, guardianPhone: null },
    columns: { minor_approved_ids: APPROVED, guardian_consent: false },
  },
  {
    record: { ...OTHER_RECORD, birthDate: BORN_AT_FIFTEEN },
    columns: { minor_approved_ids: APPROVED },
  },
  { record: FULL_RECORD, columns: { state: "SEALED", case_codes: ["DISCLOSURE-2026-001"] } },
  { record: FULL_RECORD, columns: { state: "DECEASED", rights_request_open: true } },
  { record: OTHER_RECORD, columns: { state: "RESTRICTED", assigned_agent_ids: AGENTS } },
  {
    record: FULL_RECORD,
    columns: { dispute_open: true, legal_hold: true, case_codes: ["DISCLOSURE-2026-001"] },
    transfer: { code: "TR-2026-005", state: "HELD" },
  },
  { record: OTHER_RECORD, columns: { rights_request_open: true } },
  { record: { ...FULL_RECORD, marketingConsent: "GIVEN" }, columns: { marketing_allowed: false } },
  {
    record: { ...OTHER_RECORD, marketingConsent: "GIVEN" },
    transfer: { code: "TR-2026-005", state: "ELIGIBLE" },
  },
  {
    organisation: "transferee",
    record: FULL_RECORD,
    columns: { assigned_agent_ids: [callerId("transferee-cs-agent")] },
  },
  {
    organisation: "transferee",
    record: OTHER_RECORD,
    columns: { former_controller_ids: [transferor], dispute_open: true, rights_request_open: true },
    transfer: { code: "TR-2026-011", state: "VERIFIED" },
  },
  {
    organisation: "unrelated",
    record: FULL_RECORD,
    columns: { jurisdiction: "SG", assigned_agent_ids: [callerId("unrelated-cs-agent")] },
  },
  {
    record: { ...OTHER_RECORD, kind: "ORGANISATION", birthDate: null },
    columns: { assigned_agent_ids: AGENTS },
  },
  { record: {}, columns: { state: "DESTROYED" } },
  {
    record: OTHER_RECORD,
    columns: { assigned_agent_ids: AGENTS, case_codes: [] },
    isAudited: false,
  },
  { record: FULL_RECORD, columns: { related_party_of: APPROVED, assigned_agent_ids: AGENTS } },
  {
    organisation: "transferee",
    record: { ...FULL_RECORD, marketingConsent: "GIVEN" },
    columns: { former_controller_ids: [transferor], original_purposes: ["SERVICE_DELIVERY"] },
  },
  { record: FULL_RECORD, columns: { jurisdiction: "SG", assigned_agent_ids: AGENTS } },
  { record: OTHER_RECORD, columns: { jurisdiction: "SG" } },
  {
    organisation: "operator",
    record: OTHER_RECORD,
    columns: { dispute_open: true, rights_request_open: true },
  },
];

const SUBJECTS: readonly Canary[] = [
  { id: DEMO_CUSTOMER_IDS.transferor, record: FULL_RECORD },
  { id: DEMO_CUSTOMER_IDS.transferee, organisation: "transferee", record: OTHER_RECORD },
];

/** The customers of a small database, numbered `C-01`, `C-02` and so on. */
export const POPULATION: readonly Canary[] = [
  ...SITUATIONS.map((situation, at) => ({ ...situation, id: canaryId(at + 1) })),
  ...SUBJECTS,
].map((canary, at) => ({
  ...canary,
  record: { ...canary.record, customerNo: `C-${String(at + 1).padStart(2, "0")}` },
}));

/** A customer of the population as it lies in the table, by attribute and field. */
export type Resident = Subject & { readonly id: string };

/** Leaves the population alone in the database, so that whole answers can be foretold. */
export async function settlePopulation(
  server: TestServer,
  population: readonly Canary[] = POPULATION,
): Promise<readonly Resident[]> {
  const { pool } = server.app.services.database;
  await pool.query("truncate customer cascade");
  await insertCanaries(server, population);
  const { rows } = await pool.query("select *, recorded_on::text from customer order by id");
  const columns = [
    ...CUSTOMER.attributes.values(),
    ...[...CUSTOMER.fields.values()].filter((field) => !field.isSealed),
  ];
  return rows.map((row: Record<string, unknown>): Resident => {
    const record = population.find(({ id }) => id === row["id"])?.record as Record<string, unknown>;
    const stored = columns.map(({ name, column }) => [name, row[column]]);
    return {
      ...record,
      ...Object.fromEntries(stored),
      __typename: "Customer",
    } as unknown as Resident;
  });
}

/** What policy says about residents to one caller, by CASL alone: no plan and no SQL. */
export class Oracle {
  readonly #bound: BoundPolicy;

  constructor({ caller, purpose }: (typeof ASKERS)[number]) {
    const asker = callerBut({ name: caller, purpose, now: TEMPLATE_NOW });
    this.#bound = decisionsOf(asker, TEMPLATE_NOW).bound;
  }

  sees(resident: Resident): boolean {
    return this.#bound.ability.can("see", resident);
  }

  disclosure(resident: Resident, field: string): string {
    return verdictFor(this.#bound, resident, customerField(field)).disclosure;
  }

  readsInClear(resident: Resident, ...fields: readonly string[]): boolean {
    return (
      this.sees(resident) && fields.every((field) => this.disclosure(resident, field) === "CLEAR")
    );
  }
}
