import { setImmediate } from "node:timers/promises";
import { publicError, PublicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import { type Decision, evaluate } from "./evaluate.ts";
import { foundBefore } from "./found-parts.ts";
import { evaluationMessage, evaluationsMessage, readMessage } from "./messages.ts";

/** Which decision ends a series (section 7.1.2.1). */
const ENDS: Readonly<Record<string, boolean | null>> = {
  execute_all: null,
  deny_on_first_deny: false,
  permit_on_first_permit: true,
};

/**
 * Several decisions in one message (section 7), in their order; the first that ends the series is the
 * last that is made. Without evaluations it is one decision as in section 6.
 *
 * @throws BAD_USER_INPUT where one lacks a part that has no default (section 10.1.1), or where there are
 * too many
 */
export async function evaluateAll({
  body,
  mostEvaluations,
  context,
}: {
  body: unknown;
  mostEvaluations: number;
  context: RequestContext;
}): Promise<Decision | { readonly evaluations: readonly Decision[] }> {
  const message = readMessage(evaluationsMessage, body);
  const asked = message.evaluations ?? [];
  if (asked.length === 0) return evaluate(readMessage(evaluationMessage, body), context);
  if (asked.length > mostEvaluations)
    throw publicError("BAD_USER_INPUT", { field: "evaluations", max: mostEvaluations });
  const questions = asked.map((one) => readMessage(evaluationMessage, withDefaults(one, message)));
  const end = ENDS[message.options?.evaluations_semantic ?? "execute_all"] ?? null;
  const before = foundBefore();
  const evaluations: Decision[] = [];
  for (const question of questions) {
    const made = await evaluateOne(() => evaluate(question, context, before));
    evaluations.push(made);
    if (made.decision === end) break;
    // Other requests get their turn between one evaluation and the next.
    await setImmediate();
  }
  return { evaluations };
}

type Parts = Readonly<Partial<Record<"subject" | "action" | "resource" | "context", unknown>>>;

/** Section 7.1.1: a part of an evaluation replaces the whole default. */
function withDefaults(one: Parts, defaults: Parts): Parts {
  return {
    subject: one.subject ?? defaults.subject,
    action: one.action ?? defaults.action,
    resource: one.resource ?? defaults.resource,
    context: one.context ?? defaults.context,
  };
}

/** What is wrong with one evaluation is told at its place and denies it alone (section 7.2.1). */
async function evaluateOne(make: () => Promise<Decision>): Promise<Decision> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof PublicError) || error.status !== 400) throw error;
    const { status, message } = error;
    return { decision: false, context: { error: { status, message } } };
  }
}
