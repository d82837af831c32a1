import {
  defaultFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isObjectType,
} from "graphql";
import {
  type Catalog,
  type FieldDefinition,
  ruledBy,
  type TypeDefinition,
} from "../classification/catalog.ts";
import { type Row, ruleAttributesOf } from "../database/read-request.ts";
import type { Decisions } from "../policy/decisions.ts";
import type { AccessRecorder } from "./access-recorder.ts";
import type { DecisionJournal } from "./decision-journal.ts";
import { disclose, type Unsealer } from "./disclose.ts";

/** What the guard needs of the request; the GraphQL context has it. */
export interface GuardContext {
  readonly decisions: Decisions;
  readonly access: AccessRecorder;
  /** Hears of every verdict that is acted on. */
  readonly journal: DecisionJournal;
  readonly purpose: string | null;
  readonly unsealer: Unsealer;
}

/** Fields of guarded types that say nothing of the row: its id, and what was decided about it. */
const OPEN_FIELDS = new Set(["id", "access"]);

/** Thrown at boot: a schema with an unclassified field serves nobody. */
export class UnclassifiedFieldError extends Error {
  override readonly name = "UnclassifiedFieldError";
}

/**
 * Replaces the resolver of every field of every guarded type by one that applies the plan. Done
 * once at boot on the built schema, so no resolver, alias, fragment, interface or payload comes
 * round it. Field resolvers of other types without code of their own get the plain default.
 *
 * @throws UnclassifiedFieldError naming every field that has no classification
 */
export function guardSchema(schema: GraphQLSchema, catalog: Catalog): GraphQLSchema {
  const missing: string[] = [];
  for (const type of catalog.values()) {
    const graphqlType = schema.getType(type.name);
    if (!isObjectType(graphqlType)) {
      missing.push(`${type.name} (not in the schema)`);
      continue;
    }
    for (const [name, graphqlField] of Object.entries(graphqlType.getFields())) {
      if (OPEN_FIELDS.has(name)) continue;
      const field = type.fields.get(name);
      if (field === undefined) missing.push(`${type.name}.${name}`);
      else
        graphqlField.resolve = guarded(
          type,
          field,
          graphqlField.resolve ?? defaultFieldResolver,
        ) as never;
    }
    missing.push(...fieldsWithoutSchema(type, Object.keys(graphqlType.getFields())));
  }
  if (missing.length > 0) {
    throw new UnclassifiedFieldError(`Without classification: ${missing.join(", ")}`);
  }
  return schema;
}

type Resolver = (row: Row, args: never, context: GuardContext, info: GraphQLResolveInfo) => unknown;

function guarded(type: TypeDefinition, field: FieldDefinition, resolveRelation: unknown): Resolver {
  if (field.shape === "relation") return guardedRelation(field, resolveRelation as Resolver);
  const namedType = field.namesFields ? ruledBy(type) : null;
  return (row, _args, context, info) => {
    const plan = context.decisions.fieldPlan(field);
    const verdict = plan.constant ?? plan.decide(ruleAttributesOf(row));
    context.access.record(info.fieldNodes, { path: info.path, field, verdict });
    context.journal.read(row, field, verdict);
    const shown = disclose({
      field,
      row,
      disclosure: verdict.disclosure,
      purpose: context.purpose ?? "",
      unsealer: context.unsealer,
    });
    return namedType === null ? shown : knowable({ names: shown, type: namedType, row, context });
  };
}

/** The names of fields of which the caller may know, on this row, that they have a value. */
function knowable({
  names,
  type,
  row,
  context,
}: {
  names: unknown;
  type: string;
  row: Row;
  context: GuardContext;
}): unknown {
  if (!Array.isArray(names)) return null;
  const plan = context.decisions.planOf(type);
  const attributes = ruleAttributesOf(row);
  return names.filter((name: string) => {
    const verdict = plan.get(name)?.decide(attributes);
    return verdict !== undefined && verdict.disclosure !== "NONE";
  });
}

/** A relation is followed in clear or not at all. */
function guardedRelation(field: FieldDefinition, resolve: Resolver): Resolver {
  return (row, args, context, info) => {
    const plan = context.decisions.fieldPlan(field);
    const verdict = plan.constant ?? plan.decide(ruleAttributesOf(row));
    context.access.record(info.fieldNodes, { path: info.path, field, verdict });
    context.journal.read(row, field, verdict);
    return verdict.disclosure === "CLEAR" ? resolve(row, args, context, info) : null;
  };
}

function fieldsWithoutSchema(type: TypeDefinition, names: readonly string[]): string[] {
  return [...type.fields.keys()]
    .filter((name) => !names.includes(name))
    .map((name) => `${type.name}.${name} (not in the schema)`);
}
