import type { RowScope } from "../database/frozen-scope.ts";
import type { Row } from "../database/read-request.ts";
import { searchIn } from "../decisions/decision-search.ts";
import { expectFieldwork } from "../engagements/audit.rules.ts";
import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import type { AuditExtent } from "../guard/draw-within.ts";
import type { ExportEvidenceInput } from "./evidence-export.inputs.ts";

/** What of an audit says which records belong to it. */
export const EXTENT = [
  "organisations",
  "limitedToTransfers",
  "transferIds",
  "periodFrom",
  "periodTo",
];
const NEEDED = ["state", "code", ...EXTENT];

/** Which records are asked for, as the caller may have them now. */
export interface AskedEvidence {
  readonly scope: RowScope;
  /** The filter as JSON, customers by their references; null where there is none. */
  readonly filter: string | null;
  /** The scope in words and ids. */
  readonly told: Readonly<Record<string, unknown>>;
}

/**
 * Whether the caller may take evidence of an audit along, and of which records.
 *
 * @throws PURPOSE_REQUIRED, NOT_FOUND, FORBIDDEN, INVALID_STATE, FIELD_FILTER_FORBIDDEN, VALIDATION_FAILED
 */
export async function askedEvidence(
  { engagementId, filter }: ExportEvidenceInput,
  context: RequestContext,
): Promise<AskedEvidence> {
  const { rows } = context;
  const selection = { shown: new Set(NEEDED), judged: new Set(NEEDED) };
  const row = await rows.get("AuditEngagement", selection, engagementId);
  context.require("exportEvidence", row, NEEDED);
  expectFieldwork(String(row["state"]));
  const search = filter == null ? null : await searchIn(filter, context);
  if (filter != null && search === null)
    throw publicError("VALIDATION_FAILED", { field: "filter", fault: "empty" });
  const within = extentOf(row);
  return {
    scope: await rows.scopeWithin({ type: "Decision", within, filter: search, whole: "record" }),
    filter: search === null ? null : JSON.stringify(search),
    told: { engagement: { id: engagementId, code: row["code"], ...within } },
  };
}

/** The extent of an audit whose row was read with `EXTENT`. */
export function extentOf(row: Row): AuditExtent {
  return {
    organisationIds: row["organisations"] as string[],
    limitedToTransfers: row["limitedToTransfers"] === true,
    transferIds: row["transferIds"] as string[],
    from: String(row["periodFrom"]),
    to: String(row["periodTo"]),
  };
}
