import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { ComparedPoliciesInput } from "../evaluation/policy-diff.inputs.ts";
import { ChangeDirection } from "../evaluation/policy-diff.types.ts";
import { SimulatedCount } from "../evaluation/simulation.types.ts";
import { DisclosureEnum } from "../graphql/field-access.ts";
import { declarePlain } from "../graphql/plain-types.ts";
import { DecisionFilter } from "./decision.inputs.ts";

@InputType({ description: "Recorded decisions, and the policy by which they are made once more." })
export class ReplayInput extends ComparedPoliciesInput {
  @Field(() => DecisionFilter, {
    nullable: true,
    description: "Which records; all where left out.",
  })
  filter?: DecisionFilter | null;

  @Field(() => Int, { defaultValue: 200, description: "Records of one call, at most 500." })
  records: number;

  @Field(() => String, {
    nullable: true,
    description: "The `endCursor` of the call before, to go on with earlier records.",
  })
  after?: string | null;
}

@ObjectType({ description: "One recorded decision that comes out otherwise. Never a value." })
export class ReplayedDifference {
  @Field(() => ID, { description: "Id of the record." })
  decisionId: string;

  @Field(() => Int, {
    nullable: true,
    description: "Place of the row among those of the record; null where it was about none.",
  })
  row: number | null;

  @Field(() => String, { description: "Name of the field." })
  field: string;

  @Field(() => ChangeDirection, { description: "Whether more or less is given." })
  direction: string;

  @Field(() => DisclosureEnum, { description: "What was given; of a draft, before it." })
  from: string;

  @Field(() => DisclosureEnum, { description: "What the other policy gives." })
  to: string;

  @Field(() => [String], { description: "Reason codes before; of a draft, all that may be." })
  reasonsBefore: string[];

  @Field(() => [String], { description: "Reason codes after; of a draft, all that may be." })
  reasonsAfter: string[];

  @Field(() => Boolean, {
    description: "False where it may be so, as far as you read the row in clear yourself.",
  })
  isCertain: boolean;
}
declarePlain("ReplayedDifference");

@ObjectType({ description: "What another policy would have answered. Never a value." })
export class Replay {
  @Field(() => String, { description: "Version by which it is decided, or the draft's digest." })
  toVersion: string;

  @Field(() => Boolean, {
    description:
      "Whether it was approved and decides on callers and rows as they were, against what was recorded. Another is compared with the version before it on what you read of the rows yourself, for callers who lack nothing: what differs is a bound.",
  })
  isApproved: boolean;

  @Field(() => Int, { description: "Records that were looked at." })
  records: number;

  @Field(() => Int, { description: "Decisions of them: rows and fields." })
  decisions: number;

  @Field(() => Int, { description: "Decisions that give as much as before." })
  same: number;

  @Field(() => Int, { description: "Decisions that give more, or may." })
  wider: number;

  @Field(() => Int, { description: "Decisions that give less, or may." })
  narrower: number;

  @Field(() => Int, {
    description:
      "Decisions that can't be made once more: the state of caller or row is gone, or is not yours to know.",
  })
  undecidable: number;

  @Field(() => [SimulatedCount], { description: "By role of the one who asked." })
  byRole: SimulatedCount[];

  @Field(() => [SimulatedCount], { description: "By field." })
  byField: SimulatedCount[];

  @Field(() => [SimulatedCount], {
    description: "By the reason that stood, or stands, in the way.",
  })
  byReason: SimulatedCount[];

  @Field(() => [ReplayedDifference], { description: "The first 500 differences of this call." })
  differences: ReplayedDifference[];

  @Field(() => Int, { description: "How many differences this call has." })
  totalDifferences: number;

  @Field(() => Boolean, { description: "There are earlier records." })
  hasNextPage: boolean;

  @Field(() => String, { nullable: true, description: "Where the next call goes on." })
  endCursor: string | null;
}
declarePlain("Replay");
