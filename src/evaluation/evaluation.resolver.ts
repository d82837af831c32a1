import { Arg, Ctx, Field, ObjectType, Query, Resolver } from "type-graphql";
import { Timestamp } from "../classification/scalars.ts";
import type { RequestContext } from "../graphql/context.ts";
import { FieldAccess } from "../graphql/field-access.ts";
import { evaluateAccess } from "./evaluate-access.ts";
import { EvaluateAccessInput } from "./evaluation.inputs.ts";

@ObjectType({ description: "What policy decides in a supposed case. Never a value." })
export class AccessEvaluation {
  @Field(() => String, { description: "Version of the policy that decided." })
  policyVersion: string;

  @Field(() => String, {
    nullable: true,
    description:
      "Digest of what the law packs say on the day for which it was decided; null without any.",
  })
  lawPack: string | null;

  @Field(() => Timestamp, { description: "Time for which it was decided." })
  at: Date;

  @Field(() => Boolean, { description: "Whether the row exists for the caller at all." })
  visible: boolean;

  @Field(() => String, { nullable: true, description: "Reason code where it does not." })
  reason: string | null;

  @Field(() => String, { description: "Id of the rule that shows or hides the row." })
  rule: string;

  @Field(() => [FieldAccess], { description: "The verdict on each field." })
  fields: FieldAccess[];
}

@Resolver()
export class EvaluationResolver {
  @Query(() => AccessEvaluation, {
    description:
      "For auditors: what the same function that guards every answer decides for a caller, purpose and row. Never a value.",
  })
  async evaluateAccess(
    @Arg("input", () => EvaluateAccessInput, { description: "The question." })
    input: EvaluateAccessInput,
    @Ctx() context: RequestContext,
  ): Promise<AccessEvaluation> {
    const outcome = await evaluateAccess({ question: input, fields: input.fields, context });
    const { policyVersion, lawPack, at, row, fields } = outcome;
    const { isVisible: visible, reason, rule } = row;
    return { policyVersion, lawPack, at, visible, reason, rule, fields: [...fields] };
  }
}
