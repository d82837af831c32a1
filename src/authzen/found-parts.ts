import { type ErrorCode, PublicError } from "../errors.ts";
import { type AskedPrincipal, askedPrincipal } from "../evaluation/asked-case.ts";
import type { AskedAction } from "../evaluation/judge-action.ts";
import { supposedRow } from "../evaluation/supposed-row.ts";
import type { RequestContext } from "../graphql/context.ts";
import type { AttributeValues } from "../policy/condition.ts";
import { ACTIONS } from "./action-words.ts";
import { readCircumstances } from "./asked-context.ts";
import { readResource } from "./asked-resource.ts";
import { readSubject, SUBJECT_KINDS } from "./asked-subject.ts";
import type { AskedContext, Entity } from "./messages.ts";
import { type NamedResource, resourceNamed, resourceTypes } from "./resource-types.ts";

/** Why a question is denied before policy is asked. */
export type Unanswerable = Extract<
  ErrorCode,
  "PURPOSE_REQUIRED" | "PURPOSE_NOT_PERMITTED" | "NOT_FOUND"
>;

/** What of a question was found, or why it is denied; what can't be read is thrown. */
export type Found<T> = { readonly found: T } | { readonly missing: Unanswerable };

/** A purpose that policy knows, and a time. */
export interface FoundCircumstances {
  readonly purpose: string;
  readonly at: Date;
}

/**
 * The purpose and time of a question.
 *
 * @throws BAD_USER_INPUT for a time that is none
 */
export function findCircumstances(
  asked: AskedContext,
  { decisions, now }: RequestContext,
): Found<FoundCircumstances> {
  const { purpose, time } = readCircumstances(asked);
  if (purpose === null) return { missing: "PURPOSE_REQUIRED" };
  if (!decisions.bound.policy.purposes.has(purpose)) return { missing: "PURPOSE_NOT_PERMITTED" };
  return { found: { purpose, at: time ?? now } };
}

/** The guarded type or field of a resource. */
export function findType(word: string, context: RequestContext): NamedResource | null {
  return resourceNamed(word, resourceTypes(context));
}

/** The action of a name. */
export function findAction({ name }: { readonly name: string }): AskedAction | null {
  return ACTIONS.get(name) ?? null;
}

/** What was found for one message, so that evaluations of the same are judged on the same. */
export interface FoundBefore {
  readonly subjects: Map<string, Promise<AskedPrincipal | null>>;
  readonly rows: Map<string, Promise<AttributeValues | null>>;
}

/** Remembers for one message what is found. */
export function foundBefore(): FoundBefore {
  return { subjects: new Map(), rows: new Map() };
}

/** Finds once what is asked for again. */
export function once<T>(
  known: Map<string, Promise<T>>,
  asked: unknown,
  find: () => Promise<T>,
): Promise<T> {
  const key = JSON.stringify(asked);
  const finding = known.get(key) ?? find();
  known.set(key, finding);
  return finding;
}

/**
 * The principal or supposed caller of a subject, with all that is decided for them. One out of the
 * asker's reach, of another kind, of no known role or organisation, and one that does not exist are
 * all the same: none.
 *
 * @throws BAD_USER_INPUT where it can't be read
 */
export async function findSubject(
  subject: Entity,
  { purpose, at: time }: FoundCircumstances,
  context: RequestContext,
): Promise<AskedPrincipal | null> {
  const asked = readSubject(subject);
  if (asked === null) return null;
  const at = time.toISOString();
  const found = await orNull(() => askedPrincipal({ ...asked, purpose, at }, context));
  const kind = SUBJECT_KINDS.get(subject.type) ?? null;
  return found !== null && (kind === null || found.subject.kind === kind) ? found : null;
}

/**
 * The attributes of a resource. A row out of the asker's reach and one that does not exist are the
 * same: none.
 *
 * @throws BAD_USER_INPUT where it can't be read
 */
export async function findRow(
  resource: Entity,
  named: NamedResource,
  context: RequestContext,
): Promise<AttributeValues | null> {
  const asked = readResource(resource, named, context.catalog);
  if (asked.attributes != null) return supposedRow({ resource: asked, context });
  return orNull(() => supposedRow({ resource: asked, context }));
}

/** What names nobody and nothing was read before, so whatever is refused here does not exist. */
async function orNull<T>(find: () => Promise<T>): Promise<T | null> {
  try {
    return await find();
  } catch (error) {
    const isNone =
      error instanceof PublicError && ["NOT_FOUND", "BAD_USER_INPUT"].includes(error.code);
    if (isNone) return null;
    throw error;
  }
}
