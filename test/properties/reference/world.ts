import fc from "fast-check";
import type pg from "pg";
import type { CustomerRecord } from "../../../src/customers/customer-record.ts";
import { DEMO_CALLERS, DEMO_CUSTOMER_IDS } from "../../../src/identity/demo-callers.ts";
import {
  DEMO_ORGANISATIONS,
  type DemoOrganisationCode,
} from "../../../src/identity/demo-organisations.ts";
import { type Canary, canaryId, insertCanaries } from "../../support/canaries.ts";
import { runSeed } from "../../support/runs.ts";
import type { TestServer } from "../../support/start-test-server.ts";
import type { CustomerFacts, PartyFacts } from "./facts.ts";
import type { Row } from "./row.ts";
import { PEOPLE, type Person, recordOfPerson } from "./people.ts";

/** A customer of the generated ledger: what rights depend on, and what it looks like. */
export interface KnownCustomer extends CustomerFacts {
  readonly person: Person;
  readonly clear: Readonly<Record<string, unknown>>;
}

/** Something else that answers hold, with its values in clear. */
export interface Known {
  readonly id: string;
  readonly clear: Readonly<Record<string, unknown>>;
}
export type KnownEvent = Known & { readonly customer: string };
export type KnownTransfer = Known & PartyFacts;
export type KnownItem = Known &
  PartyFacts & { readonly state: string; readonly customer: string; readonly transfer: string };

/** Everything that lies in the database, by id, in the order of ids. */
export interface World {
  readonly customers: ReadonlyMap<string, KnownCustomer>;
  readonly events: ReadonlyMap<string, KnownEvent>;
  readonly transfers: ReadonlyMap<string, KnownTransfer>;
  readonly items: ReadonlyMap<string, KnownItem>;
}

const CUSTOMERS = 40;
const CASES = ["DISCLOSURE-2026-001", "DISPUTE-2026-001", "INCIDENT-2026-001"];
const PLACES = ["HELD", "ELIGIBLE", "CUT_OVER", "VERIFIED", "EXCLUDED", "SOURCE_DESTROYED"];
const organisationOf = (code: DemoOrganisationCode): string => DEMO_ORGANISATIONS[code].id;
const ORGANISATIONS: readonly DemoOrganisationCode[] = [
  "transferor",
  "transferor",
  "transferor",
  "transferee",
  "unrelated",
];
const sometimes = fc.nat({ max: 3 }).map((n) => n === 0);
const mostly = sometimes.map((isRare) => !isRare);

type Drawn = Required<Pick<Canary, "organisation" | "columns">> &
  Pick<Canary, "transfer" | "isAudited"> & { readonly person: Person };

/** Customers in any circumstances, most of them in ordinary ones; `agents` are those who may be named. */
function generatedCanaries(agents: readonly string[]): fc.Arbitrary<Drawn> {
  const someone = fc.subarray([...agents], { maxLength: agents.length });
  return fc
    .record({
      person: fc.constantFrom(...PEOPLE),
      organisation: fc.constantFrom(...ORGANISATIONS),
      columns: fc.record({
        state: fc.constantFrom(
          "ACTIVE",
          "ACTIVE",
          "ACTIVE",
          "RESTRICTED",
          "SEALED",
          "DECEASED",
          "DESTROYED",
        ),
        former_controller_ids: fc.subarray(
          [organisationOf("transferor"), organisationOf("transferee")],
          { maxLength: 1 },
        ),
        age_band: fc.constantFrom(
          "ADULT",
          "ADULT",
          "ADULT",
          "CHILD",
          "YOUTH",
          "UNKNOWN",
          "NOT_A_PERSON",
        ),
        jurisdiction: fc.constantFrom("CN", "CN", "CN", "DE", "SG"),
        guardian_consent: fc.boolean(),
        minor_approved_ids: someone,
        basis_purposes: fc.oneof(
          fc.constant(["SERVICE_DELIVERY", "CUSTOMER_CARE", "ANALYTICS", "MARKETING"]),
          fc.subarray(["SERVICE_DELIVERY", "CUSTOMER_CARE", "ANALYTICS", "MARKETING"]),
        ),
        marketing_allowed: mostly,
        dispute_open: sometimes,
        rights_request_open: fc.boolean(),
        legal_hold: sometimes,
        in_transfer: fc.boolean(),
        case_codes: fc.subarray(CASES),
        assigned_agent_ids: someone,
        related_party_of: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, someone),
        original_purposes: fc.oneof(
          { weight: 3, arbitrary: fc.constant(null) },
          fc.subarray(["SERVICE_DELIVERY", "CUSTOMER_CARE", "ANALYTICS", "MARKETING"]),
        ),
      }),
      isAudited: fc.boolean(),
      place: fc.option(
        fc.record({
          code: fc.constantFrom("TR-2026-005", "TR-2026-011"),
          state: fc.constantFrom(...PLACES),
        }),
      ),
    })
    .map(({ place, ...rest }) => ({
      ...rest,
      ...(place !== null && { transfer: place }),
    }));
}

/** Leaves a generated ledger alone in the database and tells what lies there. */
export async function settleWorld(
  server: TestServer,
  client: pg.Client,
  agents: readonly string[],
): Promise<World> {
  const drawn = fc.sample(generatedCanaries(agents), { seed: runSeed(), numRuns: CUSTOMERS });
  const ids = [DEMO_CUSTOMER_IDS.transferor, DEMO_CUSTOMER_IDS.transferee];
  const canaries = drawn.map((one, at) => {
    const isDestroyed = one.columns["state"] === "DESTROYED";
    const customerNo = `KH-2026-${String(at).padStart(4, "0")}`;
    return {
      ...one,
      id: ids[at] ?? canaryId(at),
      organisation: at === 0 ? ("transferor" as const) : one.organisation,
      record: (isDestroyed
        ? {}
        : { ...recordOfPerson(one.person), customerNo }) as Partial<CustomerRecord>,
    } satisfies Canary & { person: Person };
  });
  await client.query("truncate customer cascade");
  await insertCanaries(server, canaries);
  // A canary's event and place bear its own id; here each thing has one that nothing else has.
  for (const [table, beginning] of [
    ["customer_event", "0000000e"],
    ["transfer_item", "0000000f"],
  ])
    await client.query(`update ${table} set id = ('${beginning}' || substr(id::text, 9))::uuid`);
  // One organisation is a financial one.
  await client.query("update organisation set financial = true where code = 'transferee'");
  const people = new Map(canaries.map(({ id, person }) => [id, person]));
  return readWorld(client, people);
}

/** Reads everything that lies in the database again. */
export async function readWorld(
  client: pg.Client,
  people: ReadonlyMap<string, Person>,
): Promise<World> {
  const rowsOf = async (table: string, order: string): Promise<Row[]> =>
    (await client.query<Row>(`select * from ${table} order by ${order}`)).rows;
  const [customers, events, transfers, items] = [
    await rowsOf("customer", "id"),
    await rowsOf("customer_event", "occurred_at, id"),
    await rowsOf("transfer", "id"),
    await rowsOf("transfer_item", "id"),
  ];
  return {
    customers: byId(customers.map((row) => customerIn(row, people))),
    events: byId(
      events.map((row) => ({
        id: row.id,
        customer: row.customer_id,
        clear: {
          kind: row.kind,
          occurredAt: row.occurred_at,
          changedFields: row.changed_fields,
          source: row.source,
        },
      })),
    ),
    transfers: byId(transfers.map(transferIn)),
    items: byId(
      items.map((row) => ({
        id: row.id,
        customer: row.customer_id,
        transfer: row.transfer_id,
        transferor: row.transferor_id,
        transferee: row.transferee_id,
        state: row.state,
        clear: {
          state: row.state,
          reasons: row.reasons,
          excludedCategories: row.excluded_categories,
          updatedAt: row.updated_at,
        },
      })),
    ),
  };
}

function customerIn(row: Row, people: ReadonlyMap<string, Person>): KnownCustomer {
  const person = people.get(row.id) as Person;
  const number = String(row.customer_no);
  return {
    id: row.id,
    controller: row.controller_id,
    law: row.jurisdiction,
    formers: row.former_controller_ids,
    state: row.state,
    age: row.age_band,
    guardianAgreed: row.guardian_consent,
    approvedFor: row.minor_approved_ids,
    bases: row.basis_purposes,
    wantsMarketing: row.marketing_allowed,
    inDispute: row.dispute_open,
    hasRightsRequest: row.rights_request_open,
    onHold: row.legal_hold,
    inTransfer: row.in_transfer,
    cases: row.case_codes,
    transfers: row.transfer_ids,
    agents: row.assigned_agent_ids,
    relatives: row.related_party_of,
    collectedFor: row.original_purposes,
    person: new Map([
      ...person,
      ["jurisdiction", new Map([["CLEAR", String(row.jurisdiction)]])],
      [
        "customerNo",
        new Map([
          ["CLEAR", number],
          ["PARTIAL", `*******${number.slice(-3)}`],
        ]),
      ],
    ]) as Person,
    clear: {
      state: row.state,
      legalHold: row.legal_hold,
      disputeOpen: row.dispute_open,
      permittedPurposes: row.basis_purposes,
      updatedAt: row.updated_at,
      version: row.version,
    },
  };
}

function transferIn(row: Row): KnownTransfer {
  return {
    id: row.id,
    transferor: row.transferor_id,
    transferee: row.transferee_id,
    transfer: row.id,
    clear: {
      code: row.code,
      dealType: row.deal_type,
      legalPath: row.legal_path,
      state: row.state,
      originalPurposes: row.original_purposes ?? [],
      proposedPurposes: row.proposed_purposes,
      crossBorder: row.cross_border,
      windowOpensAt: row.window_opens_at,
      windowClosesAt: row.window_closes_at,
      cutoverAt: row.cutover_at,
    },
  };
}

function byId<Thing extends { readonly id: string }>(things: readonly Thing[]): Map<string, Thing> {
  return new Map(things.map((thing) => [thing.id, thing]));
}

/** Ids of those whom customers may be assigned to or approved for. */
export const AGENTS = DEMO_CALLERS.map(({ id }) => id);
