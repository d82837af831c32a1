import { createHash } from "node:crypto";
import { fieldIn } from "../classification/catalog.ts";
import type { Filter, ReadRequest } from "../database/read-request.ts";
import { publicError } from "../errors.ts";
import { invariant } from "../lib/invariant.ts";
import { allOf, type Condition } from "../policy/condition.ts";
import { checkedFilter } from "./checked-filter.ts";
import { fieldsIn, restrictToClearRows } from "./check-predicates.ts";
import type { GuardedReaderServices } from "./guarded-reader.ts";
import type { FilterInput } from "./read-predicates.ts";

/** What an audit is about. */
export interface AuditExtent {
  /** Audited organisations (UUIDv7). */
  readonly organisationIds: readonly string[];
  readonly limitedToTransfers: boolean;
  readonly transferIds: readonly string[];
  /** First and last day of the audited time (`YYYY-MM-DD`). */
  readonly from: string;
  readonly to: string;
}

/** What is drawn in an audit. */
export interface AuditDraw {
  readonly type: string;
  readonly within: AuditExtent;
  readonly seed: number;
  /** Most rows. */
  readonly size: number;
  readonly filter: FilterInput | null;
  /** Rows of a sequence at this number or beyond it are not drawn; null for types without one. */
  readonly before: number | null;
}

/** What came of it. */
export interface Drawn {
  /** In the order in which they were drawn. */
  readonly ids: readonly string[];
  /** How many there were to draw from. */
  readonly populationSize: number;
  /** SHA-256 over the ids in their order, hex. */
  readonly idDigest: string;
}

/** Which rows of a type belong to an audit. What the caller sees beside it is in no sample. */
const BELONGS: Readonly<Record<string, (extent: AuditExtent) => readonly Condition[]>> = {
  Customer: ({ organisationIds }) => [
    { kind: "in", attribute: "controllerId", values: organisationIds },
  ],
  // What was decided in the audited time, by or about the audited.
  Decision: ({ organisationIds, from, to }) => [
    { kind: "overlaps", attribute: "concernedIds", values: organisationIds },
    { kind: "compare", attribute: "recordedOn", operator: "gte", value: from },
    { kind: "compare", attribute: "recordedOn", operator: "lte", value: to },
  ],
};

/**
 * Draws rows of an audit by a seed. The same seed on the same rows draws the same ones in the same
 * order. A filter is checked like that of a list, and because it is kept it names nothing but what
 * governs records.
 *
 * @throws FIELD_FILTER_FORBIDDEN, INFERENCE_BUDGET_SPENT, VALIDATION_FAILED, SERVICE_UNAVAILABLE
 */
export async function drawWithin(
  services: GuardedReaderServices,
  asked: AuditDraw & { readonly request: ReadRequest },
): Promise<Drawn> {
  const { decisions, reader, budget } = services;
  const { request, seed, size } = asked;
  const { filter: wanted, lookups } = await checkedFilter({
    services,
    type: request.type,
    input: asked.filter,
    restrict: (given) => restrictToClearRows({ decisions, filter: given, order: [] }),
  });
  for (const { category, name } of fieldsIn(wanted))
    if (category !== "GOVERNANCE") throw publicError("FIELD_FILTER_FORBIDDEN", { field: name });
  await budget.charge("see", { request, lookups });
  const filter = sooner(wanted, asked, request);
  const visible = allOf([request.visible, belongsTo(asked)]);
  const within = { ...request, visible, needs: { parts: new Map(), attributes: [] } };
  const [rows, populationSize] = await Promise.all([
    reader.sample(within, { seed, size, filter }),
    reader.count(within, filter),
  ]);
  const ids = rows.map(({ id }) => id);
  return { ids, populationSize, idDigest: digestOfIds(ids) };
}

/** Where a sequence ends for a draw is no question of the caller, so it needs no clear reading. */
function sooner(
  filter: Filter | null,
  { before }: AuditDraw,
  { type }: ReadRequest,
): Filter | null {
  if (before === null || type.sequence === null) return filter;
  const field = fieldIn(type, type.sequence.field);
  const ends: Filter = { kind: "test", field, operator: "lt", value: before };
  return filter === null ? ends : { kind: "all", of: [filter, ends] };
}

/** The rows of a type that belong to an audit, as a condition. */
export function belongsTo({ type, within }: Pick<AuditDraw, "type" | "within">): Condition {
  const belongs = BELONGS[type];
  invariant(belongs !== undefined, `nobody says which rows of ${type} belong to an audit`);
  const { limitedToTransfers, transferIds } = within;
  const transfers: Condition = { kind: "overlaps", attribute: "transferIds", values: transferIds };
  return allOf([...belongs(within), ...(limitedToTransfers ? [transfers] : [])]);
}

function digestOfIds(ids: readonly string[]): string {
  return createHash("sha256").update(ids.join("\n")).digest("hex");
}
