import type { ClientBase } from "pg";
import { z } from "zod";
import type { CustomerEventRow } from "../src/customers/customer-row.ts";
import { writeEvents } from "../src/database/customer-writer.ts";
import {
  addElevations,
  hasElevations,
  type NewElevationRow,
} from "../src/database/seed-openings.ts";
import { ElevationReview, ElevationState } from "../src/elevations/elevation.enums.ts";
import { minutesAfter, wholeSecond } from "../src/elevations/elevation.rules.ts";
import { DEMO_ORGANISATIONS } from "../src/identity/demo-organisations.ts";
import { requireDemoCaller } from "../src/identity/demo-tokens.ts";
import { SEED } from "./epoch.ts";
import { namedCustomerId } from "./named-customers.ts";
import { Random } from "./random.ts";
import { readYaml } from "./read-yaml.ts";

const minutesAgo = z.int().nonnegative();

const shape = z.array(
  z.strictObject({
    id: z
      .string()
      .regex(/^\d{3}$/)
      .transform((end) => `0192a000-0000-7000-8000-00000000e${end}`),
    about: z.string(),
    customer: z.string(),
    purpose: z.string(),
    fields: z.array(z.string()).nonempty(),
    reason: z.string(),
    minutes: z.int().positive(),
    requester: z.string(),
    asked: minutesAgo,
    approver: z.string().optional(),
    decided: minutesAgo.optional(),
    state: z.enum(ElevationState),
    review: z.enum(ElevationReview).optional(),
    reviewer: z.string().optional(),
    reviewed: minutesAgo.optional(),
    note: z.string().optional(),
  }),
);

type Entry = z.output<typeof shape>[number];

/** The terms of policies/elevations.yaml, as they were when these were asked for. */
const LAPSES_AFTER_MINUTES = 240;
const REVIEW_WITHIN_MINUTES = 3 * 24 * 60;

const ELEVATIONS = readYaml("elevations.yaml", shape);

/** Adds the elevations of elevations.yaml with their events, unless they are there. */
export async function seedElevations(client: ClientBase, now: Date): Promise<void> {
  if (
    await hasElevations(
      client,
      ELEVATIONS.map(({ id }) => id),
    )
  )
    return;
  const rows = ELEVATIONS.map((entry) => rowOf(entry, wholeSecond(now)));
  await addElevations(client, rows);
  await writeEvents(
    client,
    rows.flatMap((row, stream) => eventsOf(row, new Random({ seed: SEED + 3, stream }))),
  );
}

function rowOf(entry: Entry, now: Date): NewElevationRow {
  const { id, purpose, fields, reason, minutes, state, review = null, note = null } = entry;
  const requester = requireDemoCaller(entry.requester);
  const decidedAt = entry.decided === undefined ? null : minutesAfter(now, -entry.decided);
  const requestedAt = minutesAfter(now, -entry.asked);
  const wasOpened = review !== null && decidedAt !== null;
  return {
    id,
    customerId: namedCustomerId(entry.customer),
    organisationId: DEMO_ORGANISATIONS[requester.organisation].id,
    requesterId: requester.id,
    approverId: idOf(entry.approver),
    reviewerId: idOf(entry.reviewer),
    purpose,
    fields,
    reason,
    minutes,
    state,
    requestedBy: entry.requester,
    requestedAt,
    lapsesAt: minutesAfter(requestedAt, LAPSES_AFTER_MINUTES),
    decidedBy: entry.approver ?? null,
    decidedAt,
    decisionNote: state === "REJECTED" ? note : null,
    until: wasOpened ? minutesAfter(decidedAt, minutes) : null,
    reviewState: review,
    reviewDueAt: wasOpened ? minutesAfter(decidedAt, REVIEW_WITHIN_MINUTES) : null,
    reviewedBy: entry.reviewer ?? null,
    reviewedAt: entry.reviewed === undefined ? null : minutesAfter(now, -entry.reviewed),
    reviewNote: entry.reviewer === undefined ? null : note,
    version: state === "REQUESTED" ? 1 : 2,
  };
}

/** What the customer's history says: that it was opened, and that this has ended. */
function eventsOf(
  { id, customerId, state, decidedAt, until }: NewElevationRow,
  random: Random,
): ({ readonly customerId: string } & CustomerEventRow)[] {
  if (until === null || decidedAt === null) return [];
  const happened = [
    { kind: "ELEVATION_APPROVED", occurredAt: decidedAt },
    ...(state === "ENDED" ? [{ kind: "ELEVATION_ENDED", occurredAt: until }] : []),
  ];
  return happened.map((event) => ({
    ...event,
    customerId,
    id: random.uuid(event.occurredAt),
    changedFields: [],
    source: `elevation ${id}`,
  }));
}

function idOf(name: string | undefined): string | null {
  return name === undefined ? null : requireDemoCaller(name).id;
}
