import { Arg, Ctx, ID, Int, Query, Resolver } from "type-graphql";
import { publicError } from "../errors.ts";
import { askedType } from "../evaluation/asked-type.ts";
import type { RequestContext } from "../graphql/context.ts";
import { explainDecision } from "./explain-decision.ts";
import { DecisionExplanation } from "./explain-decision.types.ts";
import { noteQuestion } from "./note-question.ts";
import { recordsIn, WHOLE_RECORD } from "./read-records.ts";

/** The search for what would change a decision weighs some hundred others. */
const COST = 5_000;

@Resolver()
export class ExplainDecisionResolver {
  @Query(() => DecisionExplanation, {
    complexity: COST,
    description:
      "For auditors: a recorded decision made once more under its policy, law and time, for the caller and on the row as they were, clause by clause, and whether it still comes out the same. Never a value.",
  })
  async explainDecision(
    @Arg("id", () => ID, { description: "Id of the record." }) id: string,
    @Arg("row", () => Int, {
      defaultValue: 0,
      description: "Place of the row among those of the record.",
    })
    index: number,
    @Arg("field", () => String, {
      nullable: true,
      description: "Name of the field that is explained; the first of the record where left out.",
    })
    field: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<DecisionExplanation> {
    askedType({ context, name: "Decision", argument: "id" });
    const [record] = recordsIn([await context.rows.get("Decision", WHOLE_RECORD, id)], context);
    if (record === undefined) throw publicError("NOT_FOUND");
    const told = await explainDecision({ record, index, field: field ?? null, context });
    noteQuestion(context, { operation: "explainDecision", rowId: id, found: 1 });
    return told;
  }
}
