import type { FieldDefinition } from "../classification/catalog.ts";
import type { AskedPrincipal } from "../evaluation/asked-case.ts";
import { type AskedAction, judgeAction } from "../evaluation/judge-action.ts";
import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import { ALWAYS, allOf, type Condition } from "../policy/condition.ts";
import { attributesIn } from "./asked-resource.ts";
import { findAction, findCircumstances, findSubject, findType } from "./found-parts.ts";
import { hasId, readMessage, resourceSearchMessage } from "./messages.ts";
import { noteSearch } from "./note-search.ts";
import type { NamedResource } from "./resource-types.ts";
import {
  type Candidate,
  NO_RESULTS,
  type SearchLimits,
  searchPage,
  type SearchResponse,
} from "./search-page.ts";

/** Rows that are read at once. */
const BATCH = 100;

interface Case {
  readonly named: NamedResource;
  readonly principal: AskedPrincipal;
  readonly action: AskedAction;
  readonly word: string;
  readonly context: RequestContext;
}

/**
 * Rows on which the subject may do the action (section 8.5), among those that the asker may ask about.
 *
 * @throws PURPOSE_REQUIRED, FORBIDDEN, BAD_USER_INPUT, also for attributes: what rows are searched by
 * would be told by what is found
 */
export async function searchResource({
  body,
  most,
  context,
}: {
  body: unknown;
  most: SearchLimits;
  context: RequestContext;
}): Promise<SearchResponse> {
  const { page, ...question } = readMessage(resourceSearchMessage, body);
  const { subject, action: asked, resource } = question;
  const named = findType(resource.type, context);
  if (named !== null) refuseAttributes(resource.properties ?? {}, named, context);
  const circumstances = findCircumstances(question.context, context);
  const action = findAction(asked);
  const principal =
    "missing" in circumstances ? null : await findSubject(subject, circumstances.found, context);
  const search = "authzen/search/resource";
  const found =
    named !== null && action !== null && principal !== null
      ? await searchPage({ search, question, page, most, context }, (after) =>
          judgeRows({ named, principal, action, word: resource.type, context }, after),
        )
      : NO_RESULTS;
  noteSearch({
    search,
    named,
    rowId: null,
    subjectId: hasId(subject) ? (principal?.subject.id ?? null) : null,
    action: action === null ? null : asked.name,
    circumstances,
    found,
    context,
  });
  return found;
}

function refuseAttributes(
  properties: Readonly<Record<string, unknown>>,
  named: NamedResource,
  { catalog }: RequestContext,
): void {
  if (Object.keys(attributesIn(properties, named, catalog)).length > 0)
    throw publicError("BAD_USER_INPUT", { field: "resource.properties" });
}

async function* judgeRows(
  { named, principal, action, word, context }: Case,
  from: string | null,
): AsyncGenerator<Candidate> {
  const { supposed } = principal;
  const type = named.type.name;
  const among = candidatesFor({ named, principal, action });
  let after = from;
  for (;;) {
    const rows = await context.rows.asked.page({ type, among, after, limit: BATCH });
    for (const { id, attributes } of rows) {
      // The condition only narrows what is read: what is answered is judged like any other question.
      const { isGiven } = judgeAction({ supposed, ...named, row: attributes, action });
      yield { place: id, isGiven, result: { type: word, id } };
    }
    after = rows.at(-1)?.id ?? null;
    if (rows.length < BATCH) return;
  }
}

/** Rows that could be found at all: those that the subject sees and where the rules give the action. */
function candidatesFor({
  named: { type, field },
  principal: { supposed },
  action,
}: Pick<Case, "named" | "principal" | "action">): Condition {
  const seen = supposed.rows("see", type.name);
  if (action.kind === "see") return seen;
  const isSight = action.kind === "level" || action.verb !== "evaluateAccess";
  const fields: readonly FieldDefinition[] = field === null ? [] : [field];
  const given = fields.map((one) =>
    supposed.rowsWhere(action.kind === "level" ? action.level : action.verb, one),
  );
  return allOf([isSight ? seen : ALWAYS, ...given]);
}
