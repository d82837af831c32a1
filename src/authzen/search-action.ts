import { judgeAction } from "../evaluation/judge-action.ts";
import type { RequestContext } from "../graphql/context.ts";
import { ACTIONS } from "./action-words.ts";
import { findCircumstances, findRow, findSubject, findType } from "./found-parts.ts";
import { actionSearchMessage, hasId, readMessage } from "./messages.ts";
import { noteSearch } from "./note-search.ts";
import {
  type Candidate,
  NO_RESULTS,
  type SearchLimits,
  searchPage,
  type SearchResponse,
} from "./search-page.ts";

/**
 * Actions that the subject may do on the resource (section 8.6).
 *
 * @throws PURPOSE_REQUIRED, FORBIDDEN, BAD_USER_INPUT
 */
export async function searchAction({
  body,
  most,
  context,
}: {
  body: unknown;
  most: SearchLimits;
  context: RequestContext;
}): Promise<SearchResponse> {
  const { page, ...question } = readMessage(actionSearchMessage, body);
  const { subject, resource } = question;
  const named = findType(resource.type, context);
  const circumstances = findCircumstances(question.context, context);
  const row = named === null ? null : await findRow(resource, named, context);
  const principal =
    "missing" in circumstances ? null : await findSubject(subject, circumstances.found, context);
  const isFound = named !== null && row !== null && principal !== null;
  const search = "authzen/search/action";
  const found = isFound
    ? await searchPage({ search, question, page, most, context }, (after) =>
        judgeEach(
          after,
          (action) => judgeAction({ supposed: principal.supposed, ...named, row, action }).isGiven,
        ),
      )
    : NO_RESULTS;
  noteSearch({
    search,
    named: isFound ? named : null,
    rowId: isFound && hasId(resource) ? (resource.id ?? null) : null,
    subjectId: isFound && hasId(subject) ? principal.subject.id : null,
    action: null,
    circumstances,
    found,
    context,
  });
  return found;
}

type Action = NonNullable<ReturnType<(typeof ACTIONS)["get"]>>;

async function* judgeEach(
  after: string | null,
  isGiven: (action: Action) => boolean,
): AsyncGenerator<Candidate> {
  const names = [...ACTIONS.keys()];
  for (const [name, action] of [...ACTIONS].slice(after === null ? 0 : names.indexOf(after) + 1))
    yield { place: name, isGiven: isGiven(action), result: { name } };
}
