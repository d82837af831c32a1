import type { ApolloServerPlugin, GraphQLRequestContext } from "@apollo/server";
import type { DecisionLog } from "../audit/decision-log.ts";
import { type ErrorCode, ERRORS, isErrorCode } from "../errors.ts";
import type { RequestContext } from "./context.ts";
import { requestScope } from "./request-scope.ts";

/** What is answered where a value of a class can't be put on record: nothing at all, or all but the value. */
export type WithoutLog = "strict" | "mask";

/** What happens to values in clear while the decision log can't be written, by class. */
export interface LogFailureRules {
  readonly SENSITIVE: WithoutLog;
  readonly PRIVATE: WithoutLog;
}

/** Seconds after which a refused caller may try again. */
const RETRY_AFTER_S = 1;

/**
 * Puts what was decided on record before the answer leaves. An answer with a SENSITIVE or PRIVATE value in
 * clear waits until its records are durable, and so does one whose verbs changed anything; every other one
 * goes at once and its records follow.
 */
export function decisionLogging({
  log,
  onFailure,
}: {
  log: DecisionLog;
  onFailure: LogFailureRules;
}): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async (answered) => {
        const { contextValue, response } = answered;
        if (response.body.kind !== "single") return;
        noteRefusals(answered);
        const { journal } = contextValue;
        const closed = journal.close({
          name: answered.operationName ?? null,
          digest: answered.queryHash?.slice(0, DIGEST_LENGTH) ?? null,
        });
        const written = log.append(closed);
        if (!closed.isAwaited) {
          written.catch(() => undefined);
          return;
        }
        try {
          await written;
        } catch {
          withhold(answered, onFailure);
        }
      },
    }),
  };
}

const DIGEST_LENGTH = 32;

type Answered = GraphQLRequestContext<RequestContext>;

/** What policy refused, as far as nobody put it on record where it was refused. */
function noteRefusals({ contextValue, response, document }: Answered): void {
  if (response.body?.kind !== "single") return;
  const { caller, journal } = contextValue;
  if (caller.kind === "ANONYMOUS") return;
  for (const error of response.body.singleResult.errors ?? []) {
    const code = error.extensions?.["code"];
    if (!isErrorCode(code) || !isRefusal(code)) continue;
    const asked = error.path?.[0] ?? rootFieldOf(document);
    journal.refused(code, asked === null ? null : { field: String(asked) });
  }
}

/** Refusals of policy, in distinction from mistakes, conflicts and our own troubles. */
function isRefusal(code: ErrorCode): boolean {
  const { status } = ERRORS[code];
  return status === 403 || status === 404 || status === 410 || ALSO_REFUSALS.has(code);
}

/** Their status says something else: what was lacking, or when to come again. */
const ALSO_REFUSALS: ReadonlySet<ErrorCode> = new Set([
  "PURPOSE_REQUIRED",
  "INFERENCE_BUDGET_SPENT",
]);

function rootFieldOf(document: Answered["document"]): string | null {
  for (const definition of document?.definitions ?? []) {
    if (definition.kind !== "OperationDefinition") continue;
    const [first] = definition.selectionSet.selections;
    return first?.kind === "Field" ? first.name.value : null;
  }
  return null;
}

/** Closed where a class says so, or where it is not a value that was not put on record; masked otherwise. */
function withhold({ contextValue, response }: Answered, onFailure: LogFailureRules): void {
  if (response.body?.kind !== "single") return;
  const { access, journal } = contextValue;
  const { singleResult } = response.body;
  const classes = journal.classesInClear;
  const isMasked =
    journal.isAwaitedForReadsOnly && classes.every((one) => onFailure[one] === "mask");
  if (isMasked) {
    access.withhold(classes);
    const fields = access.entries();
    const { extensions } = singleResult;
    const said = extensions?.["access"] as object | undefined;
    if (said !== undefined)
      singleResult.extensions = { ...extensions, access: { ...said, fields } };
    return;
  }
  const code: ErrorCode = "SERVICE_UNAVAILABLE";
  const scope = requestScope.getStore();
  scope?.errorCodes.add(code);
  const requestId = scope?.requestId;
  response.body.singleResult = {
    errors: [
      {
        message: ERRORS[code].message,
        extensions: { code, ...(requestId !== undefined && { requestId }) },
      },
    ],
  };
  response.http.status = ERRORS[code].status;
  response.http.headers.set("retry-after", String(RETRY_AFTER_S));
}
