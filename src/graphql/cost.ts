import { type DocumentNode, getNamedType, GraphQLError, type GraphQLSchema } from "graphql";
// The CommonJS build, because the other one loads a second copy of graphql.
import {
  type ComplexityEstimator,
  fieldExtensionsEstimator,
  getComplexity,
  simpleEstimator,
} from "graphql-query-complexity/cjs";
import { tooComplex, type QueryLimits } from "./limits.ts";

type CostLimits = Pick<QueryLimits, "maxPageSize" | "maxCost" | "defaultPageSize">;

/** How dear an operation is, and how dear it may be, in fields. */
export interface Cost {
  readonly asked: number;
  readonly allowed: number;
}

/** An operation with the variables of its request. */
export interface PricedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  readonly limits: CostLimits;
}

/** Items that a list without pages is taken to have. */
const CUSTOMARY_LIST_LENGTH = 10;
const MAX_VISITED_NODES = 10_000;

/**
 * Counts the fields that an operation could return if every page were full: a connection counts
 * what is below it once per row of its page, and a field may say its own price in its extension
 * `complexity`. Null when the variables don't fit, which execution will refuse.
 *
 * @throws QUERY_TOO_COMPLEX for too large a page and for too dear an operation
 */
export function priceOperation(operation: PricedOperation): Cost | null {
  const { limits } = operation;
  const asked = complexityOf(operation);
  if (asked === null) return null;
  if (asked > limits.maxCost) throw tooComplex({ limit: "cost", allowed: limits.maxCost, asked });
  return { asked, allowed: limits.maxCost };
}

/** What an operation without variables costs is always the same, and most come again and again. */
const priced = new WeakMap<DocumentNode, Map<string | undefined, number>>();

function complexityOf(operation: PricedOperation): number | null {
  const { document, operationName, variables } = operation;
  if (variables !== undefined && Object.keys(variables).length > 0) return countFields(operation);
  let ofDocument = priced.get(document);
  if (ofDocument === undefined) priced.set(document, (ofDocument = new Map()));
  const known = ofDocument.get(operationName);
  if (known !== undefined) return known;
  const asked = countFields(operation);
  // Names that fit no operation are without end, and cost nothing.
  if (asked !== null && asked > 0) ofDocument.set(operationName, asked);
  return asked;
}

function countFields({ limits, ...operation }: PricedOperation): number | null {
  try {
    return getComplexity({
      schema: operation.schema,
      query: operation.document,
      ...(operation.operationName !== undefined && { operationName: operation.operationName }),
      ...(operation.variables !== undefined && { variables: operation.variables }),
      maxQueryNodes: MAX_VISITED_NODES,
      estimators: [
        fieldExtensionsEstimator(),
        rowsEstimator(limits),
        simpleEstimator({ defaultComplexity: 1 }),
      ],
    });
  } catch (refusal) {
    if (!(refusal instanceof GraphQLError)) throw refusal;
    if (!refusal.message.endsWith("maximum allowed number of nodes.")) return null;
    const asked = MAX_VISITED_NODES + 1;
    throw tooComplex({ limit: "selections", allowed: MAX_VISITED_NODES, asked });
  }
}

/** Prices what comes in many rows by their number. */
function rowsEstimator(limits: CostLimits): ComplexityEstimator {
  return ({ type, field, args, childComplexity }) => {
    // Rows of a connection are counted where the connection is asked for, not once more below it.
    if (type.name.endsWith("Connection")) return undefined;
    const rows = getNamedType(field.type).name.endsWith("Connection")
      ? pageSize(args, limits)
      : listLength({ isList: String(field.type).startsWith("["), args });
    if (rows === null) return undefined;
    if (rows > limits.maxPageSize)
      throw tooComplex({ limit: "pageSize", allowed: limits.maxPageSize, asked: rows });
    return 1 + Math.max(rows, 0) * childComplexity;
  };
}

function pageSize(args: Readonly<Record<string, unknown>>, limits: CostLimits): number {
  const sizes = [args["first"], args["last"]].filter((size) => typeof size === "number");
  return sizes.length === 0 ? limits.defaultPageSize : Math.max(...sizes);
}

/** `nodes(ids)` has a row for each id; null for fields that aren't lists. */
function listLength(from: {
  isList: boolean;
  args: Readonly<Record<string, unknown>>;
}): number | null {
  if (!from.isList) return null;
  const ids = from.args["ids"];
  return Array.isArray(ids) ? ids.length : CUSTOMARY_LIST_LENGTH;
}
