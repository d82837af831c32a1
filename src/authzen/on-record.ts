import type { DecisionLog } from "../audit/decision-log.ts";
import { PublicError, publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import type { AnswerMessage } from "./endpoints.ts";

/**
 * Puts on record what a message was answered, or why it was refused, as for GraphQL: nothing of a
 * customer is in an answer, so it leaves at once and its records follow, unless the journal wants it to
 * wait.
 *
 * @param operation name under which records say it, such as `authzen/search/subject`
 */
export function onRecord({
  operation,
  log,
  answer,
}: {
  operation: string;
  log: DecisionLog;
  answer: AnswerMessage;
}): AnswerMessage {
  return async (body, context) => {
    const answering = answer(body, context);
    try {
      await answering;
    } catch (error) {
      if (error instanceof PublicError && isRefusal(error)) context.journal.refused(error.code);
    }
    await write({ operation, log, context });
    return answering;
  };
}

/** Refusals of policy, in distinction from mistakes and our own troubles. */
function isRefusal({ code, status }: PublicError): boolean {
  return status === 403 || code === "PURPOSE_REQUIRED";
}

/** @throws SERVICE_UNAVAILABLE where the answer may not leave without its records */
async function write({
  operation,
  log,
  context,
}: {
  operation: string;
  log: DecisionLog;
  context: RequestContext;
}): Promise<void> {
  const closed = context.journal.close({ name: operation, digest: null });
  const written = log.append(closed);
  if (!closed.isAwaited) {
    written.catch(() => undefined);
    return;
  }
  try {
    await written;
  } catch {
    throw publicError("SERVICE_UNAVAILABLE");
  }
}
