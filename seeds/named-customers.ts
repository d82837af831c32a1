import { z } from "zod";
import { CUSTOMER_FIELDS, type CustomerRecord } from "../src/customers/customer-record.ts";
import { CustomerState, Jurisdiction } from "../src/customers/customer.enums.ts";
import {
  DEMO_ORGANISATIONS,
  type DemoOrganisationCode,
} from "../src/identity/demo-organisations.ts";
import { invariant } from "../src/lib/invariant.ts";
import { TransferItemState } from "../src/transfers/transfer.enums.ts";
import { principalIdOf } from "./agents.ts";
import { daysBeforeEpoch } from "./epoch.ts";
import { recordOf } from "./generate.ts";
import { demoId, readYaml } from "./read-yaml.ts";
import type { SeedCustomer } from "./seed-customer.ts";
import {
  isRunning,
  type Membership,
  originalPurposesOf,
  prospectiveOf,
  TRANSFERS,
} from "./transfer-plan.ts";

const organisation = z.enum(Object.keys(DEMO_ORGANISATIONS) as DemoOrganisationCode[]);
const names = z.array(z.string()).default([]);
const claim = z.boolean().default(false);

const shape = z.array(
  z.strictObject({
    name: z.string(),
    about: z.string(),
    id: z
      .string()
      .regex(/^5\d\d$/)
      .transform(demoId),
    organisation,
    jurisdiction: z.enum(Jurisdiction).default(Jurisdiction.CN),
    former: z.array(organisation).default([]),
    state: z.enum(CustomerState).default(CustomerState.ACTIVE),
    marketing: z.enum(["WITHDRAWN", "OBJECTED"]).nullable().default(null),
    legalHold: claim,
    disputeOpen: claim,
    rightsRequestOpen: claim,
    assigned: names,
    approved: names,
    related: names,
    cases: names,
    transfer: z
      .strictObject({ code: z.string(), state: z.enum(TransferItemState), reasons: names })
      .nullable()
      .default(null),
    record: z.partialRecord(z.enum(CUSTOMER_FIELDS), z.string()),
  }),
);

type Entry = z.output<typeof shape>[number];

/** A customer that stories and tests name. */
export interface NamedCustomer extends SeedCustomer {
  readonly name: string;
  readonly about: string;
  readonly membership: Membership | null;
}

/** Streams of the named customers lie below those of the generated ones, which count from 0. */
const FIRST_STREAM = -1_000;

/** The customers of customers.yaml. */
export const NAMED_CUSTOMERS: readonly NamedCustomer[] = readYaml("customers.yaml", shape).map(
  namedCustomer,
);

/** Id of a named customer (UUIDv7). */
export function namedCustomerId(name: string): string {
  const found = NAMED_CUSTOMERS.find((customer) => customer.name === name);
  invariant(found !== undefined, `no customer of customers.yaml is called ${name}`);
  return found.id;
}

function namedCustomer(entry: Entry, at: number): NamedCustomer {
  const membership = membershipOf(entry);
  return {
    name: entry.name,
    about: entry.about,
    id: entry.id,
    organisation: entry.organisation,
    jurisdiction: entry.jurisdiction,
    record: recordOf(entry.record as Partial<CustomerRecord>),
    membership,
    circumstances: {
      state: entry.state,
      former: entry.former,
      legalHold: entry.legalHold,
      disputeOpen: entry.disputeOpen,
      rightsRequestOpen: entry.rightsRequestOpen,
      marketing: entry.marketing,
      assignedAgentIds: entry.assigned.map(principalIdOf),
      minorApprovedIds: entry.approved.map(principalIdOf),
      caseCodes: entry.cases,
      relatedPartyOf: entry.related.map(principalIdOf),
      originalPurposes: originalPurposesOf(membership),
      inTransfer: membership !== null && isRunning(membership),
      prospective: prospectiveOf(membership),
    },
    importedAt: daysBeforeEpoch(300),
    stream: FIRST_STREAM + at,
  };
}

function membershipOf({ name, transfer: place }: Entry): Membership | null {
  if (place === null) return null;
  const transfer = TRANSFERS.find(({ code }) => code === place.code);
  invariant(
    transfer !== undefined,
    `${name} is in ${place.code}, which transfers.yaml does not have`,
  );
  return { transfer, state: place.state, reasons: place.reasons };
}
