import {
  attributesFor,
  type Catalog,
  concernsOf,
  type FieldDefinition,
  ruledBy,
  type TypeDefinition,
  typeIn,
} from "../classification/catalog.ts";
import type { FieldPart, ReadNeeds } from "../database/read-request.ts";
import { attributesOf } from "../policy/condition.ts";
import type { Decisions } from "../policy/decisions.ts";
import type { FieldPlan } from "../policy/plan.ts";

/**
 * What a read must load so that the fields can be decided and shown: the parts for the levels
 * that some row may get, and the attributes that the decisions read. A field that is always NONE
 * needs no column, and below CLEAR no ciphertext is loaded.
 *
 * @param shown fields whose values are asked for
 * @param judged fields of which only the verdict is asked for, and whether they may be changed
 */
export function needsFor({
  decisions,
  type,
  shown,
  judged,
  withRowRules,
}: {
  decisions: Decisions;
  type: string;
  shown: Iterable<string>;
  judged: Iterable<string>;
  /** Also load what the row condition reads, to judge a row that was found by its id. */
  withRowRules: boolean;
}): ReadNeeds {
  const plan = decisions.planOf(type);
  const definition = typeIn(decisions.bound.catalog, type);
  const parts = new Map<FieldDefinition, Set<FieldPart>>();
  const attributes = new Set<string>();
  for (const name of shown) {
    const fieldPlan = plan.get(name);
    if (fieldPlan === undefined) continue;
    addParts(parts, fieldPlan);
    for (const attribute of fieldPlan.attributes) attributes.add(attribute);
    if (fieldPlan.possible.has("TOKEN")) attributes.add("controllerId");
    if (fieldPlan.field.namesFields) {
      for (const named of decisions.planOf(ruledBy(definition)).values()) {
        for (const attribute of named.attributes) attributes.add(attribute);
      }
    }
    for (const sibling of siblingsOf(fieldPlan)) {
      const field = definition.fields.get(sibling);
      if (field !== undefined) partsOf(parts, field).add("clear");
    }
  }
  for (const name of judged) {
    const fieldPlan = plan.get(name);
    if (fieldPlan === undefined) continue;
    for (const attribute of fieldPlan.attributes) attributes.add(attribute);
    for (const attribute of decisions.attributesForVerbs(fieldPlan.field)) {
      attributes.add(attribute);
    }
  }
  if (withRowRules) attributesOf(decisions.rows("see", type), attributes);
  for (const attribute of tracedBy(decisions.bound.catalog, definition)) attributes.add(attribute);
  const known = attributesFor(decisions.bound.catalog, definition);
  return { parts, attributes: [...attributes].filter((name) => known.has(name)).sort() };
}

/** Name of the attribute that stands for the state of all others. */
export const CIRCUMSTANCES = "circumstances";

/** What the decision log must know of every row that is read; the id of an own row is always there. */
function tracedBy(catalog: Catalog, type: TypeDefinition): string[] {
  const { organisations, transfers, customer } = concernsOf(catalog, type);
  const traced = [...organisations, ...transfers, CIRCUMSTANCES];
  if (customer !== null) traced.push(customer);
  return type.ownedBy === null ? traced.filter((name) => name !== "id") : traced;
}

function addParts(
  parts: Map<FieldDefinition, Set<FieldPart>>,
  { field, possible }: FieldPlan,
): void {
  if (possible.size === 1 && possible.has("NONE")) return;
  const wanted = partsOf(parts, field);
  if (!field.isSealed) {
    wanted.add("clear");
    return;
  }
  if (possible.has("CLEAR")) wanted.add("clear");
  if (possible.has("PARTIAL")) wanted.add("partial");
  if (possible.has("COARSE")) wanted.add("coarse");
  if (possible.has("TOKEN")) wanted.add("index");
  if (possible.has("EXISTS")) wanted.add("exists");
}

/** Renderings of values that lie in clear are made at the read and may look at siblings. */
function siblingsOf({ field, possible }: FieldPlan): string[] {
  if (field.isSealed) return [];
  return (["PARTIAL", "COARSE"] as const).flatMap((level) =>
    possible.has(level) ? [...(field.renderings[level]?.reads ?? [])] : [],
  );
}

function partsOf(
  parts: Map<FieldDefinition, Set<FieldPart>>,
  field: FieldDefinition,
): Set<FieldPart> {
  let wanted = parts.get(field);
  if (wanted === undefined) parts.set(field, (wanted = new Set()));
  return wanted;
}
