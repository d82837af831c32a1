import type { DecisionLog } from "../audit/decision-log.ts";
import type { RequestContext } from "../graphql/context.ts";
import { evaluate } from "./evaluate.ts";
import { evaluateAll } from "./evaluations.ts";
import { evaluationMessage, readMessage } from "./messages.ts";
import { onRecord } from "./on-record.ts";
import { resourceTypes } from "./resource-types.ts";
import { searchAction } from "./search-action.ts";
import type { SearchLimits } from "./search-page.ts";
import { searchResource } from "./search-resource.ts";
import { searchSubject } from "./search-subject.ts";

/** Answers one kind of message. */
export type AnswerMessage = (body: unknown, context: RequestContext) => Promise<object>;

/** The endpoints of section 10.1, by the names that the metadata gives them (section 9.1.1). */
export interface Endpoints {
  readonly access_evaluation_endpoint: AnswerMessage;
  readonly access_evaluations_endpoint: AnswerMessage;
  readonly search_subject_endpoint: AnswerMessage;
  readonly search_resource_endpoint: AnswerMessage;
  readonly search_action_endpoint: AnswerMessage;
}

/** What one message may ask for. */
export interface AuthzenLimits extends SearchLimits {
  /** Evaluations in one message. */
  readonly evaluations: number;
}

/** What each endpoint answers; all of it goes on record. */
export function authzenEndpoints({
  most,
  log,
}: {
  most: AuthzenLimits;
  log: DecisionLog;
}): Endpoints {
  const asked = (operation: string, answer: AnswerMessage): AnswerMessage =>
    onRecord({
      operation,
      log,
      answer: async (body, context) => {
        // Who may not ask at all is told so first, whatever the message is like.
        resourceTypes(context);
        return answer(body, context);
      },
    });
  return {
    access_evaluation_endpoint: asked("authzen/evaluation", (body, context) =>
      evaluate(readMessage(evaluationMessage, body), context),
    ),
    access_evaluations_endpoint: asked("authzen/evaluations", (body, context) =>
      evaluateAll({ body, mostEvaluations: most.evaluations, context }),
    ),
    search_subject_endpoint: asked("authzen/search/subject", (body, context) =>
      searchSubject({ body, most, context }),
    ),
    search_resource_endpoint: asked("authzen/search/resource", (body, context) =>
      searchResource({ body, most, context }),
    ),
    search_action_endpoint: asked("authzen/search/action", (body, context) =>
      searchAction({ body, most, context }),
    ),
  };
}
