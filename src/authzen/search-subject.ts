import type { AskedAction } from "../evaluation/judge-action.ts";
import { judgeAction } from "../evaluation/judge-action.ts";
import type { RequestContext } from "../graphql/context.ts";
import type { CallerKind } from "../identity/caller.ts";
import { supposedCallerOf } from "../identity/caller-of.ts";
import type { AttributeValues } from "../policy/condition.ts";
import { readSecondFactor, SUBJECT_KINDS } from "./asked-subject.ts";
import {
  findAction,
  findCircumstances,
  findRow,
  findType,
  type FoundCircumstances,
} from "./found-parts.ts";
import { hasId, readMessage, subjectSearchMessage } from "./messages.ts";
import { noteSearch } from "./note-search.ts";
import type { NamedResource } from "./resource-types.ts";
import {
  type Candidate,
  NO_RESULTS,
  type SearchLimits,
  searchPage,
  type SearchResponse,
} from "./search-page.ts";

/** Principals that are read at once. */
const BATCH = 50;

interface Case extends FoundCircumstances {
  readonly named: NamedResource;
  readonly row: AttributeValues;
  readonly action: AskedAction;
  readonly mfa: boolean;
  /** Null for any. */
  readonly kind: CallerKind | null;
  readonly subjectType: string;
  readonly context: RequestContext;
}

/**
 * Principals of the organisations that the asker serves who may do the action on the resource
 * (section 8.4), each judged as they would be themselves, with a second factor unless the subject's
 * property `mfa` says otherwise.
 *
 * @throws PURPOSE_REQUIRED, FORBIDDEN, BAD_USER_INPUT
 */
export async function searchSubject({
  body,
  most,
  context,
}: {
  body: unknown;
  most: SearchLimits;
  context: RequestContext;
}): Promise<SearchResponse> {
  const { page, ...question } = readMessage(subjectSearchMessage, body);
  const { subject, action: asked, resource } = question;
  const named = findType(resource.type, context);
  const circumstances = findCircumstances(question.context, context);
  const mfa = readSecondFactor(subject.properties ?? {});
  const kind = SUBJECT_KINDS.get(subject.type);
  const action = findAction(asked);
  const row = named === null ? null : await findRow(resource, named, context);
  const isFound = named !== null && row !== null && action !== null && kind !== undefined;
  const search = "authzen/search/subject";
  let found = NO_RESULTS;
  if (isFound && "found" in circumstances) {
    const subjectType = subject.type;
    const those = { ...circumstances.found, named, row, action, mfa, kind, subjectType, context };
    found = await searchPage({ search, question, page, most, context }, (after) =>
      judgePrincipals(those, after),
    );
  }
  noteSearch({
    search,
    named: isFound ? named : null,
    rowId: isFound && hasId(resource) ? (resource.id ?? null) : null,
    subjectId: null,
    action: action === null ? null : asked.name,
    circumstances,
    found,
    context,
  });
  return found;
}

async function* judgePrincipals(
  { named, row, action, purpose, at, mfa, kind, subjectType, context }: Case,
  from: string | null,
): AsyncGenerator<Candidate> {
  const { servedOrganisationIds: organisationIds } = context.caller;
  let after = from;
  for (;;) {
    const records = await context.principals.listOf({ organisationIds, after, limit: BATCH });
    for (const record of records) {
      const caller = supposedCallerOf({ record, purpose, mfa, now: at });
      const supposed = context.decisionsFor(caller, at);
      const isOfKind = kind === null || record.kind === kind;
      const isGiven = isOfKind && judgeAction({ supposed, ...named, row, action }).isGiven;
      yield { place: record.id, isGiven, result: { type: subjectType, id: record.id } };
    }
    after = records.at(-1)?.id ?? null;
    if (records.length < BATCH) return;
  }
}
