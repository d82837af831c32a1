import type { NewTransfer, NewTransferItem } from "../src/database/seed-writer.ts";
import { DEMO_ORGANISATIONS } from "../src/identity/demo-organisations.ts";
import { daysBeforeEpoch, EPOCH, SEED } from "./epoch.ts";
import { Random } from "./random.ts";
import type { SeedCustomer } from "./seed-customer.ts";
import {
  type Membership,
  ORIGINAL_PURPOSES,
  type SeedTransfer,
  TRANSFERS,
} from "./transfer-plan.ts";

const PARTIES = {
  transferorId: DEMO_ORGANISATIONS.transferor.id,
  transfereeId: DEMO_ORGANISATIONS.transferee.id,
};

/** What stays behind where a basis for it is missing. */
const EXCLUDED_CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  OBJECTION: ["BEHAVIOUR"],
  SENSITIVE_NO_BASIS: ["HEALTH", "FAMILY"],
};

/** The rows of all transfers of the demonstration. */
export function seedTransfers(): NewTransfer[] {
  return TRANSFERS.map((transfer, at) => ({
    id: transfer.id,
    code: transfer.code,
    dealType: transfer.deal,
    legalPath: transfer.path,
    state: transfer.state,
    ...PARTIES,
    purposes: ORIGINAL_PURPOSES,
    crossBorder: true,
    caseCodes: transfer.cases,
    windowOpensAt: transfer.window?.opens ?? null,
    windowClosesAt: transfer.window?.closes ?? null,
    cutoverAt: transfer.cutover ?? null,
    createdAt: daysBeforeEpoch(330 - at),
  }));
}

/** The row of one customer's place in a transfer. */
export function seedItem({ id, stream }: SeedCustomer, membership: Membership): NewTransferItem {
  const random = new Random({ seed: SEED + 2, stream });
  const { transfer, state, reasons } = membership;
  return {
    id: random.uuid(daysBeforeEpoch(30)),
    customerId: id,
    transferId: transfer.id,
    ...PARTIES,
    state,
    reasons,
    excludedCategories: reasons.flatMap((reason) => EXCLUDED_CATEGORIES[reason] ?? []),
    caseCodes: transfer.cases,
    updatedAt: changedAt(transfer),
  };
}

function changedAt({ cutover, window }: SeedTransfer): Date {
  const known = cutover ?? window?.opens ?? daysBeforeEpoch(10);
  return known < EPOCH ? known : EPOCH;
}
