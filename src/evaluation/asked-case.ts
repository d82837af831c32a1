import { type TypeDefinition, typeIn } from "../classification/catalog.ts";
import type { RequestContext } from "../graphql/context.ts";
import type { Caller } from "../identity/caller.ts";
import type { AttributeValues } from "../policy/condition.ts";
import type { Decisions } from "../policy/decisions.ts";
import type { AccessQuestion, AskedCaller } from "./questions.ts";
import { readTime } from "./read-time.ts";
import { supposedRow } from "./supposed-row.ts";
import { supposedSubject } from "./supposed-subject.ts";

/** Somebody at a time, and all that is decided for them. */
export interface AskedPrincipal {
  readonly subject: Caller;
  readonly at: Date;
  readonly supposed: Decisions;
}

/** A question whose parts were found: who would ask, about which row, and all that is decided for them. */
export interface AskedCase extends AskedPrincipal {
  readonly type: TypeDefinition;
  readonly row: AttributeValues;
}

/**
 * Who is asked about, and what guards their answers: their own decisions, as they would be at the
 * time.
 *
 * @throws NOT_FOUND for a principal out of reach, BAD_USER_INPUT
 */
export async function askedPrincipal(
  question: AskedCaller,
  context: RequestContext,
): Promise<AskedPrincipal> {
  const at = question.at == null ? context.now : readTime(question.at, "at");
  const subject = await supposedSubject({ input: question, context, at });
  return { subject, at, supposed: context.decisionsFor(subject, at) };
}

/**
 * The whole case of a question. That the asker may ask about the type was checked before.
 *
 * @throws NOT_FOUND for a principal or row out of reach, BAD_USER_INPUT
 */
export async function askedCase(
  question: AccessQuestion,
  context: RequestContext,
): Promise<AskedCase> {
  const principal = await askedPrincipal(question, context);
  const row = await supposedRow({ resource: question.resource, context });
  return { ...principal, type: typeIn(context.catalog, question.resource.type), row };
}
