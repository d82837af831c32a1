import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Timestamp } from "../classification/scalars.ts";
import { connectionTypeOf } from "../graphql/connection.ts";
import { declarePlain } from "../graphql/plain-types.ts";

/** The states, as GraphQL has them. */
export const PolicyStateEnum = {
  DRAFT: "DRAFT",
  TESTED: "TESTED",
  APPROVED: "APPROVED",
  ACTIVE: "ACTIVE",
  RETIRED: "RETIRED",
} as const;
registerEnumType(PolicyStateEnum, {
  name: "PolicyState",
  description: "How far a version of the policy has come.",
});

@ObjectType({ description: "A principal who did something with a version of the policy." })
export class PolicyActor {
  @Field(() => ID, { description: "Id of the principal." })
  id: string;

  @Field(() => String, { description: "Name of the principal." })
  name: string;
}

@ObjectType({ description: "A document of a policy, or a decision table." })
export class PolicyDocument {
  @Field(() => String, { description: "Name of the file, with its folder." })
  name: string;

  @Field(() => String, { description: "Its text (YAML)." })
  text: string;
}

@ObjectType({ description: "A place in a document or a table, and what is wrong there." })
export class PolicyPlace {
  @Field(() => String, { description: "Name of the file." })
  file: string;

  @Field(() => Int, { description: "Line, counted from 1." })
  line: number;

  @Field(() => String, { description: "What is wrong, and how it can be mended." })
  message: string;
}

@ObjectType({ description: "What a test of a version found." })
export class PolicyReport {
  @Field(() => Int, { description: "Cases of the decision tables." })
  cases: number;

  @Field(() => [PolicyPlace], { description: "Cases that are decided otherwise than they say." })
  failed: PolicyPlace[];

  @Field(() => Int, { description: "Outcomes of the policy: role, purpose, category, level." })
  outcomes: number;

  @Field(() => [String], { description: "Outcomes that no case asks for." })
  missing: string[];

  @Field(() => Int, {
    nullable: true,
    description: "Wrong policies that were tried; null where a case failed.",
  })
  mutants: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Wrong policies that some case notices; null where a case failed.",
  })
  noticed: number | null;

  @Field(() => [PolicyPlace], {
    description: "What `policy check` finds, and whether everybody would be locked out.",
  })
  findings: PolicyPlace[];
}

@ObjectType({ description: "One thing that was done to a version of the policy." })
export class PolicyStep {
  @Field(() => String, {
    description: "INSTALLED, SUBMITTED, TESTED, TEST_FAILED, APPROVED, ACTIVATED or RETIRED.",
  })
  step: string;

  @Field(() => PolicyStateEnum, { description: "What the version became by it." })
  state: string;

  @Field(() => Timestamp, { description: "When." })
  at: Date;

  @Field(() => PolicyActor, {
    nullable: true,
    description: "By whom; null where the program did it.",
  })
  by: PolicyActor | null;

  @Field(() => String, { description: "API, COMMAND or START." })
  via: string;

  @Field(() => String, { nullable: true, description: "Why." })
  note: string | null;
}

@ObjectType({ description: "A version of the policy. Its documents never change." })
export class PolicyVersion {
  @Field(() => ID, { description: "SHA-256 of the documents: the policyVersion of every answer." })
  digest: string;

  @Field(() => PolicyStateEnum, { description: "How far it has come." })
  state: string;

  @Field(() => Int, { description: "Counts the steps; changes name it." })
  version: number;

  @Field(() => String, { nullable: true, description: "Why it was written." })
  note: string | null;

  @Field(() => PolicyActor, {
    nullable: true,
    description: "Who wrote it; null for the program's own documents.",
  })
  author: PolicyActor | null;

  @Field(() => Timestamp, { description: "When it was stored." })
  createdAt: Date;

  @Field(() => PolicyActor, { nullable: true, description: "Who approved it." })
  approver: PolicyActor | null;

  @Field(() => Timestamp, { nullable: true, description: "When it was approved." })
  approvedAt: Date | null;

  @Field(() => Timestamp, { nullable: true, description: "When it last came into force." })
  activatedAt: Date | null;

  @Field(() => Timestamp, { nullable: true, description: "When it was last retired." })
  retiredAt: Date | null;

  @Field(() => PolicyReport, { nullable: true, description: "What its last test found." })
  report: PolicyReport | null;

  @Field(() => [PolicyDocument], { description: "The documents." })
  documents: PolicyDocument[];

  @Field(() => [PolicyDocument], {
    nullable: true,
    description: "Decision tables of its test; null for those of the product.",
  })
  cases: PolicyDocument[] | null;

  @Field(() => [PolicyStep], { description: "Everything that was done to it, the earliest first." })
  history: PolicyStep[];
}

/** A page of versions. */
export const PolicyVersionConnection = connectionTypeOf(PolicyVersion, "PolicyVersion");

for (const plain of [
  "PolicyActor",
  "PolicyDocument",
  "PolicyPlace",
  "PolicyReport",
  "PolicyStep",
  "PolicyVersion",
])
  declarePlain(plain);
