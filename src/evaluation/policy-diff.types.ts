import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { DisclosureEnum } from "../graphql/field-access.ts";

/** What kind of thing changes. */
export const PolicyChangeKind = { FIELDS: "FIELDS", ROWS: "ROWS", VERB: "VERB" } as const;

/** Which way it changes. */
export const ChangeDirection = { WIDER: "WIDER", NARROWER: "NARROWER", REASON: "REASON" } as const;

registerEnumType(PolicyChangeKind, {
  name: "PolicyChangeKind",
  description: "What a change of policy is about.",
  valuesConfig: {
    FIELDS: { description: "How much of some fields is given." },
    ROWS: { description: "Which rows are seen at all." },
    VERB: { description: "What may be done beside reading." },
  },
});

registerEnumType(ChangeDirection, {
  name: "ChangeDirection",
  description: "Which way an answer changes.",
  valuesConfig: {
    WIDER: { description: "More is given." },
    NARROWER: { description: "Less is given." },
    REASON: { description: "As much is given, and another reason told." },
  },
});

@ObjectType({ description: "On how many rows of an organisation's ledger something changes." })
export class ChangedRowsCount {
  @Field(() => String, { description: "Code of the organisation." })
  organisation: string;

  @Field(() => Int, {
    nullable: true,
    description:
      "Rows, where none is supposed to be the caller's own case or record; null where they are too few to tell.",
  })
  count: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "Rows, where each is supposed to be the caller's own; null where that is not asked or too few.",
  })
  ifTheirs: number | null;

  @Field(() => Boolean, {
    description: "Whether it depends on whose the rows are, so that ifTheirs says something.",
  })
  asksWhose: boolean;

  @Field(() => Boolean, {
    description:
      "Whether there may be fewer: a draft is counted only by what you read in clear yourself.",
  })
  isUpperBound: boolean;
}

@ObjectType({ description: "One thing that changes for a role and purpose." })
export class PolicyChange {
  @Field(() => PolicyChangeKind, { description: "What it is about." })
  kind: string;

  @Field(() => ChangeDirection, { description: "Which way it changes." })
  direction: string;

  @Field(() => String, { description: "The role." })
  role: string;

  @Field(() => String, { description: "The purpose." })
  purpose: string;

  @Field(() => String, { description: "Name of the guarded type." })
  type: string;

  @Field(() => [String], { description: "Exemplary callers of whom it is true." })
  situations: string[];

  @Field(() => String, { nullable: true, description: "Category of the fields." })
  category: string | null;

  @Field(() => [String], { description: "Names of the fields." })
  fields: string[];

  @Field(() => DisclosureEnum, { nullable: true, description: "What was given." })
  from: string | null;

  @Field(() => DisclosureEnum, { nullable: true, description: "What is given." })
  to: string | null;

  @Field(() => [String], { description: "Reason codes of such rows before." })
  reasonsBefore: string[];

  @Field(() => [String], { description: "Reason codes of such rows after." })
  reasonsAfter: string[];

  @Field(() => [String], { description: "Rules that decide after the change." })
  rules: string[];

  @Field(() => String, { nullable: true, description: "The verb." })
  verb: string | null;

  @Field(() => [ChangedRowsCount], {
    description: "Rows by organisation; empty where nothing was counted.",
  })
  rows: ChangedRowsCount[];

  @Field(() => String, { description: "The change as a sentence." })
  text: string;
}

@ObjectType({ description: "What changes between two policies. Never a value." })
export class PolicyDiff {
  @Field(() => String, { description: "Version before." })
  fromVersion: string;

  @Field(() => String, { description: "Version after, or the digest of the draft." })
  toVersion: string;

  @Field(() => Boolean, {
    description:
      "Whether both were approved. Counts of a draft say no more than you read of the rows yourself.",
  })
  isApproved: boolean;

  @Field(() => Int, { nullable: true, description: "Steps in which rows are counted." })
  smallestGroup: number | null;

  @Field(() => [String], { description: "Roles that only the version after has." })
  rolesAdded: string[];

  @Field(() => [String], { description: "Roles that only the version before has." })
  rolesRemoved: string[];

  @Field(() => [String], { description: "Purposes that only the version after has." })
  purposesAdded: string[];

  @Field(() => [String], { description: "Purposes that only the version before has." })
  purposesRemoved: string[];

  @Field(() => [PolicyChange], { description: "The changes of this page." })
  changes: PolicyChange[];

  @Field(() => Int, { description: "How many changes there are on all pages." })
  totalChanges: number;

  @Field(() => Boolean, {
    description:
      "False where conditions have too many cases to try them all: some changes may never happen.",
  })
  isProved: boolean;
}
