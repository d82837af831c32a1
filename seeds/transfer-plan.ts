import { z } from "zod";
import type { DemoOrganisationCode } from "../src/identity/demo-organisations.ts";
import {
  DealType,
  LegalPath,
  TransferItemState,
  TransferState,
} from "../src/transfers/transfer.enums.ts";
import { demoId, readYaml } from "./read-yaml.ts";

const day = z.iso.date().transform((text) => new Date(`${text}T00:00:00Z`));

const shape = z.array(
  z.strictObject({
    code: z.string().regex(/^TR-2026-0\d\d$/),
    about: z.string(),
    deal: z.enum(DealType),
    path: z.enum(LegalPath),
    state: z.enum(TransferState),
    window: z.strictObject({ opens: day, closes: day }).optional(),
    cutover: day.optional(),
    cases: z.array(z.string()).default([]),
    items: z.partialRecord(
      z.enum(TransferItemState),
      z.union([z.number().int(), z.record(z.string(), z.number().int())]),
    ),
  }),
);

/** A transfer of the demonstration. */
export type SeedTransfer = z.output<typeof shape>[number] & { readonly id: string };

/** The place of one customer in a transfer. */
export interface Membership {
  readonly transfer: SeedTransfer;
  readonly state: TransferItemState;
  readonly reasons: readonly string[];
}

/** The transfers of transfers.yaml. */
export const TRANSFERS: readonly SeedTransfer[] = readYaml("transfers.yaml", shape).map(
  (transfer) => ({ ...transfer, id: demoId(`7${transfer.code.slice(-2)}`) }),
);

/** The places of generated customers: the first of them is that of customer 0, and so on. */
export const MEMBERSHIPS: readonly Membership[] = TRANSFERS.flatMap(membershipsOf);

/** States in which a transfer has ended, one way or another. */
const ENDED: ReadonlySet<string> = new Set([
  "COMPLETED",
  "RESIDUAL",
  "CLOSED",
  "REJECTED",
  "CANCELLED",
  "REVERSED",
]);

/** States of an item whose customer belongs to the transferee. */
const MOVED: ReadonlySet<string> = new Set([
  "CUT_OVER",
  "VERIFIED",
  "SOURCE_SEALED",
  "SOURCE_DESTROYED",
]);

/** True while a transfer still concerns its customers. */
export function isRunning({ transfer }: Membership): boolean {
  return !ENDED.has(transfer.state);
}

/** True when the transferee answers for the customer now. */
export function hasMoved({ state }: Membership): boolean {
  return MOVED.has(state);
}

/** Items of a running transfer that move no longer or not again. */
const STAYING: ReadonlySet<string> = new Set(["EXCLUDED", "REVERSED"]);

/** The organisation that a running transfer would still give the customer to. */
export function prospectiveOf(membership: Membership | null): DemoOrganisationCode[] {
  if (membership === null || !isRunning(membership) || hasMoved(membership)) return [];
  return STAYING.has(membership.state) ? [] : ["transferee"];
}

/** Purposes for which the ledger was kept and will be: a buyer may not add any (PIPL Art. 22). */
export const ORIGINAL_PURPOSES: readonly string[] = [
  "SERVICE_DELIVERY",
  "CUSTOMER_CARE",
  "MARKETING",
];

/** What a customer whose custody has passed was collected for; null with whoever collected the record. */
export function originalPurposesOf(membership: Membership | null): readonly string[] | null {
  return membership !== null && hasMoved(membership) ? ORIGINAL_PURPOSES : null;
}

/** True when the customer was with the transferee for a while and came back. */
export function cameBack({ state }: Membership): boolean {
  return state === TransferItemState.REVERSED;
}

function membershipsOf(transfer: SeedTransfer): Membership[] {
  return Object.entries(transfer.items).flatMap(([state, counts]) => {
    const byReason = typeof counts === "number" ? { "": counts } : (counts ?? {});
    return Object.entries(byReason).flatMap(([reason, count]) =>
      Array.from({ length: count }, () => ({
        transfer,
        state: state as TransferItemState,
        reasons: reason === "" ? [] : [reason],
      })),
    );
  });
}
