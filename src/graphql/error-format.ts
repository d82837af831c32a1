import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from "graphql";
import { type ErrorCode, type ErrorExtras, ERRORS, PublicError } from "../errors.ts";
import { faultTrace } from "../lib/fault-trace.ts";
import { badRequestProblem } from "./bad-request-problem.ts";
import { coercionProblem } from "./coercion-problem.ts";
import { requestScope } from "./request-scope.ts";
import { validationProblem } from "./validation-problem.ts";

/** What the table of codes lets out of an error. */
interface Answer {
  readonly code: ErrorCode;
  readonly extras: ErrorExtras;
}

export type FormatError = (
  formatted: GraphQLFormattedError,
  error: unknown,
) => GraphQLFormattedError;

/**
 * Builds the only way out for errors. A PublicError leaves as the table says; what Apollo and
 * graphql-js refuse leaves under a constant message, with names and places but no values; all else
 * is INTERNAL_SERVER_ERROR, and only its trace goes to the log.
 */
export function createErrorFormatter(schema: GraphQLSchema): FormatError {
  return (formatted, error) => {
    const scope = requestScope.getStore();
    const answer = answerFor({ formatted, error, schema });
    logIfOurs(answer.code, error);
    scope?.errorCodes.add(answer.code);
    return {
      message: ERRORS[answer.code].message,
      ...(formatted.locations !== undefined && { locations: formatted.locations }),
      ...(formatted.path !== undefined && { path: formatted.path }),
      extensions: {
        ...answer.extras,
        code: answer.code,
        ...(scope !== undefined && { requestId: scope.requestId }),
      },
    };
  };
}

interface Refusal {
  readonly formatted: GraphQLFormattedError;
  readonly error: unknown;
  readonly schema: GraphQLSchema;
}

function answerFor(refusal: Refusal): Answer {
  const thrown = publicErrorIn(refusal.error);
  if (thrown !== null) return { code: thrown.code, extras: thrown.extras };
  return refusedByGraphql(refusal) ?? { code: "INTERNAL_SERVER_ERROR", extras: {} };
}

/** The PublicError itself, or the one that graphql-js and Apollo wrapped while passing it on. */
export function publicErrorIn(error: unknown): PublicError | null {
  if (error instanceof PublicError) return error;
  return error instanceof GraphQLError ? publicErrorIn(error.originalError) : null;
}

/** Refusals of a request before any resolver ran, which Apollo marks with its own codes. */
function refusedByGraphql({ formatted, error, schema }: Refusal): Answer | null {
  if (!(error instanceof GraphQLError)) return null;
  switch (formatted.extensions?.["code"]) {
    case "GRAPHQL_PARSE_FAILED":
      return isTokenLimit(error)
        ? { code: "QUERY_TOO_COMPLEX", extras: { limit: "tokens" } }
        : { code: "GRAPHQL_PARSE_FAILED", extras: {} };
    case "GRAPHQL_VALIDATION_FAILED":
      return {
        code: "GRAPHQL_VALIDATION_FAILED",
        extras: saying(validationProblem(error.message)),
      };
    case "BAD_USER_INPUT":
      return { code: "BAD_USER_INPUT", extras: { ...coercionProblem({ error, schema }) } };
    case "BAD_REQUEST":
      return {
        code: codeOfStatus(statusIn(error)),
        extras: saying(badRequestProblem(error.message)),
      };
    case "OPERATION_RESOLUTION_FAILURE":
      return { code: "OPERATION_RESOLUTION_FAILURE", extras: {} };
    case "PERSISTED_QUERY_NOT_SUPPORTED":
      return { code: "PERSISTED_QUERY_NOT_SUPPORTED", extras: {} };
    default:
      return isArgumentRefusal(error) ? { code: "BAD_USER_INPUT", extras: {} } : null;
  }
}

function saying(problem: string | null): ErrorExtras {
  return problem === null ? {} : { problem };
}

/** graphql-js has no code for this; its parser says "Document contains more that 5000 tokens." */
function isTokenLimit(error: GraphQLError): boolean {
  return error.message.endsWith(" tokens. Parsing aborted.");
}

/** graphql-js reads arguments while it executes: a required one may get a variable without value. */
function isArgumentRefusal(error: GraphQLError): boolean {
  return rootOf(error) instanceof GraphQLError && /^Argument "\w+" (?:of|has) /.test(error.message);
}

function statusIn(error: GraphQLError): unknown {
  const http: unknown = error.extensions["http"];
  return typeof http === "object" && http !== null && "status" in http ? http.status : undefined;
}

function codeOfStatus(status: unknown): ErrorCode {
  if (status === 405) return "METHOD_NOT_ALLOWED";
  if (status === 406) return "NOT_ACCEPTABLE";
  return status === 415 ? "UNSUPPORTED_MEDIA_TYPE" : "BAD_REQUEST";
}

/** Writes down what went wrong with us, and why a caller was turned away where that is not told. */
function logIfOurs(code: ErrorCode, error: unknown): void {
  const log = requestScope.getStore()?.log;
  if (log === undefined) return;
  const cause = publicErrorIn(error)?.cause;
  if (ERRORS[code].status >= 500) log.error({ code, fault: faultTrace(rootOf(error)) }, "fault");
  else if (typeof cause === "string") log.info({ code, why: cause }, "refused");
}

/** The error that a resolver threw, under what graphql-js and Apollo laid over it. */
function rootOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? rootOf(error.originalError) : error;
}
