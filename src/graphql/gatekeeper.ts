import type { ApolloServerPlugin, GraphQLRequestContext } from "@apollo/server";
import type { GraphQLFormattedError } from "graphql";
import { ERRORS, isErrorCode, publicError } from "../errors.ts";
import type { Caller } from "../identity/caller.ts";
import { isOpenToAnonymous } from "./anonymous-documents.ts";
import { type Cost, priceOperation } from "./cost.ts";
import type { QueryLimits } from "./limits.ts";
import { requestScope } from "./request-scope.ts";
import { refuseLargeVariables } from "./variable-size.ts";

/** What every operation's context has to hold. */
export interface CallerContext {
  readonly caller: Caller;
}

const costs = new WeakMap<object, Cost>();

/** What the operation with this context costs; undefined until its document has been checked. */
export function costOf(context: object): Cost | undefined {
  return costs.get(context);
}

/**
 * Stands between a checked document and its execution: anonymous callers get no further than
 * `__typename`, and nobody's operation runs that goes over a limit. No SQL was sent until here.
 */
export function gatekeeper<Context extends CallerContext>(rules: {
  limits: QueryLimits;
  production: boolean;
}): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async (operation) => {
        const scope = requestScope.getStore();
        if (scope !== undefined) scope.operationName = operation.operationName;
        const { caller } = operation.contextValue;
        const introspection = !rules.production;
        if (isAnonymous(caller) && !isOpenToAnonymous(operation.document, { introspection }))
          throw publicError("UNAUTHENTICATED");
        const { variables, operationName } = operation.request;
        refuseLargeVariables(variables, rules.limits);
        // Apollo's types promise an operation; a name that fits none arrives here all the same.
        if ((operation.operation as unknown) === undefined) return;
        const { schema, document } = operation;
        const cost = priceOperation({ schema, document, operationName, variables, ...rules });
        if (cost !== null) costs.set(operation.contextValue, cost);
      },
      willSendResponse: async (answered) => settleRefusal(answered),
    }),
  };
}

/** Gives an answer without data the status of its first error, as GraphQL over HTTP wants it. */
function settleRefusal<Context extends CallerContext>(
  answered: GraphQLRequestContext<Context>,
): void {
  const { body, http } = answered.response;
  if (body?.kind !== "single" || "data" in body.singleResult) return;
  const errors = deciding(body.singleResult.errors ?? [], answered.contextValue.caller);
  const code = codeOf(errors[0]);
  body.singleResult.errors = errors;
  if (isErrorCode(code)) http.status = ERRORS[code].status;
}

/** The errors that are told: those which others of the same document would only repeat or betray. */
function deciding(
  errors: readonly GraphQLFormattedError[],
  caller: Caller,
): readonly GraphQLFormattedError[] {
  const [first] = errors;
  const excess = errors.find((error) => codeOf(error) === "QUERY_TOO_COMPLEX");
  // Which fields exist is nothing that an anonymous caller can find out by trying.
  if (first !== undefined && isAnonymous(caller) && codeOf(first) === "GRAPHQL_VALIDATION_FAILED")
    return [unauthenticated(first)];
  return excess === undefined ? errors : [excess];
}

function isAnonymous(caller: Caller): boolean {
  return caller.kind === "ANONYMOUS";
}

function codeOf(error: GraphQLFormattedError | undefined): unknown {
  return error?.extensions?.["code"];
}

function unauthenticated({ extensions }: GraphQLFormattedError): GraphQLFormattedError {
  const requestId = extensions?.["requestId"];
  return {
    message: ERRORS.UNAUTHENTICATED.message,
    extensions: { code: "UNAUTHENTICATED", ...(requestId !== undefined && { requestId }) },
  };
}
