import type { GraphQLResolveInfo } from "graphql";
import { typeIn } from "../classification/catalog.ts";
import type { Row } from "../database/read-request.ts";
import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import { selectionOf } from "../graphql/lists.ts";
import { POPULATIONS } from "./audit-population.ts";
import type { AuditSampleFilterInput } from "./audit-sample.inputs.ts";
import type { AuditPopulation } from "./audit.enums.ts";
import { expectFieldwork } from "./audit.rules.ts";

/** Most rows of one sample. */
const MOST_DRAWN = 200;

/** What it takes to draw a sample. */
export interface AskedSample {
  readonly engagementId: string;
  readonly population: `${AuditPopulation}`;
  readonly seed: number;
  readonly wanted: number;
  /** The filter as JSON. */
  readonly query: string | null;
  /** Records in the log up to which decisions are drawn; null for what is no log. */
  readonly treeSize: string | null;
}

/** What was kept of one. */
export interface KeptSample extends AskedSample {
  readonly populationSize: number;
  readonly idDigest: string;
}

/** A sample as it comes out now. */
export interface Drawing {
  readonly populationSize: number;
  readonly drawn: number;
  readonly idDigest: string;
  readonly customers: readonly (Row | null)[] | null;
  readonly decisions: readonly (Row | null)[] | null;
}

/** What of an audit says which records belong to it. */
const EXTENT = ["organisations", "limitedToTransfers", "transferIds", "periodFrom", "periodTo"];

/** What of a sample it takes to draw it again. */
const KEPT = ["population", "seed", "wanted", "query", "treeSize", "populationSize", "idDigest"];

/**
 * Draws from what the caller sees of an audit, for members of its team while it looks at records.
 *
 * @throws NOT_FOUND, FORBIDDEN, INVALID_STATE, FIELD_FILTER_FORBIDDEN
 */
export async function drawnNow(
  { engagementId, population, seed, wanted, query, treeSize }: AskedSample,
  { context, info }: { context: RequestContext; info: GraphQLResolveInfo },
): Promise<Drawing> {
  const { catalog, rows } = context;
  const { type, name, search } = POPULATIONS[population];
  const needed = ["state", ...EXTENT];
  const selection = { shown: new Set(needed), judged: new Set(needed) };
  const row = await rows.get("AuditEngagement", selection, engagementId);
  context.require("conductAudit", row, needed);
  expectFieldwork(String(row["state"]));
  const { ids, populationSize, idDigest } = await rows.drawWithin({
    type,
    within: {
      organisationIds: row["organisations"] as string[],
      limitedToTransfers: row["limitedToTransfers"] === true,
      transferIds: row["transferIds"] as string[],
      from: String(row["periodFrom"]),
      to: String(row["periodTo"]),
    },
    seed,
    size: wanted,
    filter: query === null ? null : await search(JSON.parse(query), context),
    before: treeSize === null ? null : Number(treeSize),
  });
  const shown = selectionOf({ catalog, type, info, path: [name] });
  const found = await Promise.all(ids.map((id) => rows.find(type, shown, id)));
  const none: Pick<Drawing, "customers" | "decisions"> = { customers: null, decisions: null };
  return { ...none, populationSize, drawn: ids.length, idDigest, [name]: found };
}

/**
 * Records in the log at which the population of a new sample ends, so that it can be drawn again while
 * the log grows; null for what is no log.
 */
export async function treeSizeFor(
  population: `${AuditPopulation}`,
  { catalog, logProofs }: RequestContext,
): Promise<string | null> {
  if (typeIn(catalog, POPULATIONS[population].type).sequence === null) return null;
  return String((await logProofs.head())?.treeSize ?? 0);
}

/** @throws NOT_FOUND */
export async function keptSample(id: string, { rows }: RequestContext): Promise<KeptSample> {
  const selection = { shown: new Set(KEPT), judged: new Set<string>() };
  const row = await rows.get("AuditSample", selection, id);
  // Rules about a sample read the attributes of its audit, whose id is among them.
  const { id: engagementId } = await rows.attributesOf("AuditSample", id);
  return { ...row, engagementId: String(engagementId) } as unknown as KeptSample;
}

/**
 * The filter as it is kept: that of the population alone, its keys in order.
 *
 * @throws VALIDATION_FAILED for a filter of another population
 */
export function queryOf(
  population: `${AuditPopulation}`,
  filter: AuditSampleFilterInput | null | undefined,
): string | null {
  const { name } = POPULATIONS[population];
  const { [name]: own, ...others } = filter ?? {};
  if (Object.values(others).some((other) => other != null))
    throw publicError("VALIDATION_FAILED", { field: "filter", fault: "otherPopulation" });
  return own == null ? null : JSON.stringify(inOrder(own));
}

/** @throws VALIDATION_FAILED */
export function readSize(size: number): number {
  if (size < 1 || size > MOST_DRAWN)
    throw publicError("VALIDATION_FAILED", { field: "size", max: MOST_DRAWN });
  return size;
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]));
}
