import {
  type ActionJudgement,
  type ActionQuestion,
  judgeAction,
} from "../evaluation/judge-action.ts";
import { noteEvaluation } from "../evaluation/note-evaluation.ts";
import type { RequestContext } from "../graphql/context.ts";
import { contextOf, type DecisionContext, reasonsOf } from "./decision-context.ts";
import {
  findAction,
  findCircumstances,
  findRow,
  findSubject,
  findType,
  type Found,
  type FoundBefore,
  foundBefore,
  once,
} from "./found-parts.ts";
import { type Evaluation, hasId } from "./messages.ts";

/** Section 5.5. */
export interface Decision {
  readonly decision: boolean;
  readonly context: DecisionContext;
}

/** Everything that one evaluation is about, found. */
interface Case extends ActionQuestion {
  readonly subjectId: string;
}

/**
 * One decision (section 6): whether the subject may do the action on the resource. What can't be found
 * within the asker's reach is denied, whether it exists or not.
 *
 * @throws PURPOSE_REQUIRED, FORBIDDEN for whoever may not ask, BAD_USER_INPUT for what can't be read
 */
export async function evaluate(
  asked: Evaluation,
  context: RequestContext,
  before: FoundBefore = foundBefore(),
): Promise<Decision> {
  const found = await findCase({ asked, context, before });
  if ("missing" in found) {
    note({ asked, context, found: null });
    return { decision: false, context: reasonsOf(found.missing) };
  }
  const judged = judgeAction(found.found);
  note({ asked, context, found: { ...found.found, judged } });
  return { decision: judged.isGiven, context: contextOf(found.found, judged) };
}

async function findCase({
  asked,
  context,
  before,
}: {
  asked: Evaluation;
  context: RequestContext;
  before: FoundBefore;
}): Promise<Found<Case>> {
  const named = findType(asked.resource.type, context);
  const circumstances = findCircumstances(asked.context, context);
  const action = findAction(asked.action);
  const { type: _word, ...resource } = asked.resource;
  const row =
    named === null
      ? null
      : await once(before.rows, [named.type.name, resource], () =>
          findRow(asked.resource, named, context),
        );
  if ("missing" in circumstances) return circumstances;
  const { found } = circumstances;
  const principal = await once(before.subjects, [asked.subject, found], () =>
    findSubject(asked.subject, found, context),
  );
  if (named === null || action === null || row === null || principal === null)
    return { missing: "NOT_FOUND" };
  const { supposed, subject } = principal;
  return { found: { supposed, ...named, row, action, subjectId: subject.id } };
}

function note({
  asked,
  context,
  found,
}: {
  asked: Evaluation;
  context: RequestContext;
  found: (Case & { readonly judged: ActionJudgement }) | null;
}): void {
  const { subject, resource, action } = asked;
  const purpose = asked.context?.purpose ?? "";
  const { purposes } = context.decisions.bound.policy;
  noteEvaluation({
    context,
    question: {
      operation: "authzen/evaluation",
      type: found?.type.name ?? null,
      rowId: found !== null && hasId(resource) ? (resource.id ?? null) : null,
      subjectId: found !== null && hasId(subject) ? found.subjectId : null,
      purpose: purposes.has(purpose) ? purpose : null,
      at: found?.supposed.bound.now ?? context.now,
      action: found === null ? null : action.name,
      fields: found === null || found.field === null ? [] : [found.field.name],
    },
    outcome: {
      isGiven: found?.judged.isGiven ?? false,
      row: found?.judged.row ?? null,
      fields: found?.judged.fields ?? [],
      found: null,
    },
  });
}
