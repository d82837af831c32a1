import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { Timestamp } from "../classification/scalars.ts";
import { AccessExplanationResult } from "../evaluation/explanation.types.ts";
import { DisclosureEnum } from "../graphql/field-access.ts";

/** What became of the state of a row by which it was decided. */
export enum RowState {
  VERIFIED = "VERIFIED",
  PRESENT = "PRESENT",
  GONE = "GONE",
  MISMATCH = "MISMATCH",
}
registerEnumType(RowState, {
  name: "RowState",
  description: "What became of the state of a row by which it was decided.",
  valuesConfig: {
    VERIFIED: { description: "It is kept, and is what the record holds a digest of." },
    PRESENT: { description: "States of such rows are not kept: the row as it is now." },
    GONE: {
      description: "It is gone: the customer was destroyed, or the row does not exist for you.",
    },
    MISMATCH: { description: "What is kept is not what the record holds a digest of." },
  },
});

/** Why a decision can't be made once more. */
export enum ReplayHindrance {
  NOT_ABOUT_FIELDS = "NOT_ABOUT_FIELDS",
  CALLER_GONE = "CALLER_GONE",
  POLICY_GONE = "POLICY_GONE",
  ROW_GONE = "ROW_GONE",
  ROW_MISMATCH = "ROW_MISMATCH",
  NOT_TOLD = "NOT_TOLD",
}
registerEnumType(ReplayHindrance, {
  name: "ReplayHindrance",
  description: "Why a decision can't be made once more.",
  valuesConfig: {
    NOT_ABOUT_FIELDS: { description: "It was about a verb, a question, a row or a whole request." },
    CALLER_GONE: { description: "What rules read of the caller is not kept, or was changed." },
    POLICY_GONE: {
      description: "The version of the policy is not kept, or can't be read any more.",
    },
    ROW_GONE: { description: "The state of the row is gone: the customer was destroyed." },
    ROW_MISMATCH: {
      description: "What is kept of the row is not what the record has a digest of.",
    },
    NOT_TOLD: { description: "In the state in which it was decided, you would not see the row." },
  },
});

@ObjectType({ description: "A field that is decided otherwise than it was recorded." })
export class ReplayDifference {
  @Field(() => String, { description: "Name of the field." })
  field: string;

  @Field(() => DisclosureEnum, { description: "What was given." })
  from: string;

  @Field(() => DisclosureEnum, { description: "What is given now." })
  to: string;

  @Field(() => String, { nullable: true, description: "Recorded reason code." })
  reasonBefore: string | null;

  @Field(() => String, { nullable: true, description: "Reason code now." })
  reasonAfter: string | null;

  @Field(() => String, { description: "Recorded rule." })
  ruleBefore: string;

  @Field(() => String, { description: "Rule that decides now." })
  ruleAfter: string;
}

@ObjectType({
  description: "A recorded decision, made once more as it was at the time. Never a value.",
})
export class DecisionExplanation {
  @Field(() => String, { description: "Version of the policy that decided." })
  policyVersion: string;

  @Field(() => String, { nullable: true, description: "Digest of the law packs of that day." })
  lawPack: string | null;

  @Field(() => Timestamp, { description: "Time for which it is decided: that of the request." })
  at: Date;

  @Field(() => Int, { nullable: true, description: "Place of the row among those of the record." })
  row: number | null;

  @Field(() => RowState, {
    nullable: true,
    description: "What became of the state of the row; null where it was about none.",
  })
  circumstances: string | null;

  @Field(() => ReplayHindrance, {
    nullable: true,
    description: "Why it could not be made once more; null where it could.",
  })
  hindrance: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "Whether every field is decided as it was recorded, by the same rule, policy and law; null where it could not be made once more.",
  })
  agrees: boolean | null;

  @Field(() => [ReplayDifference], { description: "What is decided otherwise." })
  differences: ReplayDifference[];

  @Field(() => AccessExplanationResult, {
    nullable: true,
    description: "Every rule behind one of the fields, clause by clause.",
  })
  explanation: AccessExplanationResult | null;
}
