import { GraphQLError, type ValidationRule } from "graphql";
import { publicError, type PublicError } from "../errors.ts";
import { measureDocument, type DocumentMeasures } from "./document-measures.ts";

/** How much one operation may ask; whatever goes over is QUERY_TOO_COMPLEX before any SQL. */
export interface QueryLimits {
  /** Nested fields, fragments counted where they are spread. */
  readonly maxDepth: number;
  /** Aliases, each counted as often as its fragment is spread. */
  readonly maxAliases: number;
  /** Lexical tokens of the document. */
  readonly maxTokens: number;
  /** Rows on one page of a connection. */
  readonly maxPageSize: number;
  /** Fields that an operation could return if every page were full. */
  readonly maxCost: number;
  /** Fields of Query or Mutation in one operation. */
  readonly maxRootFields: number;
  /** Directives in the document. */
  readonly maxDirectives: number;
  /** Rows on a page for which neither `first` nor `last` is given. */
  readonly defaultPageSize: number;
  /** Scalars, lists and objects in the variables of one request. */
  readonly maxVariableValues: number;
  /** Nesting of lists and objects in the variables of one request. */
  readonly maxVariableDepth: number;
}

/** Limits that nobody has needed to set yet. */
const CUSTOMARY = {
  maxRootFields: 20,
  maxDirectives: 50,
  defaultPageSize: 20,
  maxVariableValues: 2_000,
  maxVariableDepth: 20,
} as const;

type ConfiguredLimits = Pick<
  QueryLimits,
  "maxDepth" | "maxAliases" | "maxTokens" | "maxPageSize" | "maxCost"
>;

/** The limits of the configuration together with the customary ones. */
export function queryLimits(configured: ConfiguredLimits): QueryLimits {
  const { maxDepth, maxAliases, maxTokens, maxPageSize, maxCost } = configured;
  return {
    ...CUSTOMARY,
    maxDepth,
    maxAliases,
    maxTokens,
    maxPageSize,
    maxCost,
    defaultPageSize: Math.min(CUSTOMARY.defaultPageSize, maxPageSize),
  };
}

/** One limit that was gone over. */
export interface Excess {
  readonly limit: string;
  readonly allowed: number;
  readonly asked: number;
}

/** The refusal that tells a frontend developer which limit it was, and by how much. */
export function tooComplex({ limit, allowed, asked }: Excess): PublicError {
  return publicError("QUERY_TOO_COMPLEX", { limit, allowed, asked });
}

/** Validation rule for what a document shows without its variables. */
export function limitsRule(limits: QueryLimits): ValidationRule {
  return (context) => ({
    Document(document) {
      const excess = firstExcess(measureDocument(document), limits);
      if (excess === null) return;
      const originalError = tooComplex(excess);
      context.reportError(new GraphQLError(originalError.message, { originalError }));
    },
  });
}

function firstExcess(asked: DocumentMeasures, limits: QueryLimits): Excess | null {
  const pairs: readonly Excess[] = [
    { limit: "depth", allowed: limits.maxDepth, asked: asked.depth },
    { limit: "aliases", allowed: limits.maxAliases, asked: asked.aliases },
    { limit: "rootFields", allowed: limits.maxRootFields, asked: asked.rootFields },
    { limit: "directives", allowed: limits.maxDirectives, asked: asked.directives },
  ];
  return pairs.find((pair) => pair.asked > pair.allowed) ?? null;
}
