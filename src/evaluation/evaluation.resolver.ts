import { Arg, Ctx, Field, ObjectType, Query, Resolver } from "type-graphql";
import { Timestamp } from "../classification/scalars.ts";
import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import { FieldAccess } from "../graphql/field-access.ts";
import { askedType } from "./asked-type.ts";
import { EvaluateAccessInput } from "./evaluation.inputs.ts";
import { readTime } from "./read-time.ts";
import { supposedRow } from "./supposed-row.ts";
import { supposedSubject } from "./supposed-subject.ts";

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
    const type = askedType({ context, name: input.resource.type, argument: "resource.type" });
    const at = input.at == null ? context.now : readTime(input.at, "at");
    const subject = await supposedSubject({ input, context, at });
    const row = await supposedRow({ resource: input.resource, context });
    const supposed = context.decisionsFor(subject, at);
    const { isVisible, reason, rule } = supposed.rowVerdict(type.name, row);
    return {
      policyVersion: supposed.policyVersion,
      lawPack: supposed.lawPack,
      at,
      visible: isVisible,
      reason,
      rule,
      fields: (input.fields ?? [...type.fields.keys()]).map((name) => {
        const field = type.fields.get(name);
        if (field === undefined) throw publicError("BAD_USER_INPUT", { field: "fields" });
        if (!isVisible) return { field: name, disclosure: "NONE", reason, rule };
        return { field: name, ...supposed.fieldPlan(field).decide(row) };
      }),
    };
  }
}
