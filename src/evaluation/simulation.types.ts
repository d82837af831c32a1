import { Field, ID, Int, ObjectType } from "type-graphql";
import { Timestamp } from "../classification/scalars.ts";
import { DisclosureEnum } from "../graphql/field-access.ts";
import { ChangeDirection } from "./policy-diff.types.ts";

@ObjectType({ description: "Decisions of the sample that change, for one role, field or reason." })
export class SimulatedCount {
  @Field(() => String, { description: "The role, field or reason code." })
  name: string;

  @Field(() => Int, { description: "Decisions that give more." })
  wider: number;

  @Field(() => Int, { description: "Decisions that give less." })
  narrower: number;
}

@ObjectType({ description: "One decision that the other policy makes otherwise. Never a value." })
export class SimulatedDifference {
  @Field(() => ID, { description: "Id of the principal." })
  subjectId: string;

  @Field(() => [String], { description: "Roles of the principal." })
  roles: string[];

  @Field(() => String, { description: "The purpose." })
  purpose: string;

  @Field(() => ID, { description: "Id of a customer that you see." })
  customerId: string;

  @Field(() => String, { description: "Name of the field." })
  field: string;

  @Field(() => ChangeDirection, { description: "Whether more or less is given." })
  direction: string;

  @Field(() => DisclosureEnum, { description: "What is given before." })
  from: string;

  @Field(() => DisclosureEnum, { description: "What is given after." })
  to: string;

  @Field(() => [String], { description: "Reason codes before; of a draft, all that may be." })
  reasonsBefore: string[];

  @Field(() => [String], { description: "Reason codes after; of a draft, all that may be." })
  reasonsAfter: string[];

  @Field(() => Boolean, {
    description: "False where it may be so, as far as you read the customer in clear yourself.",
  })
  isCertain: boolean;
}

@ObjectType({ description: "What another policy would answer, on a sample. Never a value." })
export class Simulation {
  @Field(() => String, { description: "Version before." })
  fromVersion: string;

  @Field(() => String, { description: "Version after, or the digest of the draft." })
  toVersion: string;

  @Field(() => Boolean, {
    description:
      "Whether both were approved and decide as they would. A draft is tried on what you read of the rows yourself, for callers who lack nothing: what differs is a bound.",
  })
  isApproved: boolean;

  @Field(() => Timestamp, { description: "Time for which it was decided." })
  at: Date;

  @Field(() => Int, { description: "Customers of the sample." })
  rows: number;

  @Field(() => Int, { description: "Principals of the sample." })
  subjects: number;

  @Field(() => Int, {
    description: "Decisions that were tried: rows, principals, purposes, fields.",
  })
  decisions: number;

  @Field(() => Int, { description: "Decisions that give as much as before." })
  same: number;

  @Field(() => Int, { description: "Decisions that give more, or may." })
  wider: number;

  @Field(() => Int, { description: "Decisions that give less, or may." })
  narrower: number;

  @Field(() => [SimulatedCount], { description: "By role of the principal." })
  byRole: SimulatedCount[];

  @Field(() => [SimulatedCount], { description: "By field." })
  byField: SimulatedCount[];

  @Field(() => [SimulatedCount], {
    description: "By the reason that stood in the way of what is given, or that takes it away.",
  })
  byReason: SimulatedCount[];

  @Field(() => [SimulatedDifference], { description: "The differences of this page." })
  differences: SimulatedDifference[];

  @Field(() => Int, { description: "How many differences there are on all pages." })
  totalDifferences: number;
}
