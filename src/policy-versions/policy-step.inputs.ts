import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { declarePlain } from "../graphql/plain-types.ts";
import { PolicyPlace, PolicyVersion } from "./policy-version.types.ts";

const MUTATION_NAME =
  "Name of this mutation; the same name again, by the same caller, does nothing more.";

@InputType({ description: "A document of a policy, or a decision table." })
export class PolicyDocumentInput {
  @Field(() => String, { description: "Name of the file, such as `roles/cs-agent.yaml`." })
  name: string;

  @Field(() => String, { description: "Its text (YAML)." })
  text: string;
}

@InputType({ description: "A new version of the policy: all of its documents." })
export class SubmitPolicyInput {
  @Field(() => [PolicyDocumentInput], { description: "All documents, not only changed ones." })
  documents: PolicyDocumentInput[];

  @Field(() => String, { nullable: true, description: "Why it was written." })
  note?: string | null;

  @Field(() => String, { nullable: true, description: MUTATION_NAME })
  clientMutationId?: string | null;
}

@InputType({ description: "A version of the policy and what is said to the step." })
export class PolicyStepInput {
  @Field(() => ID, { description: "Digest of the version." })
  digest: string;

  @Field(() => Int, { description: "Its `version` as the caller read it." })
  expectedVersion: number;

  @Field(() => String, { nullable: true, description: "Why." })
  note?: string | null;

  @Field(() => String, { nullable: true, description: MUTATION_NAME })
  clientMutationId?: string | null;
}

@InputType({ description: "A version of the policy to be tested." })
export class TestPolicyInput extends PolicyStepInput {
  @Field(() => [PolicyDocumentInput], {
    defaultValue: [],
    description:
      "Decision tables that replace those of the active version of the same name; an empty text takes one away.",
  })
  cases: PolicyDocumentInput[];
}

@InputType({ description: "A version of the policy to be put into force." })
export class ActivatePolicyInput extends PolicyStepInput {
  @Field(() => ID, {
    nullable: true,
    description:
      "Digest of the version that it is to replace: VERSION_CONFLICT where another one is in force by now.",
  })
  replaces?: string | null;
}

@ObjectType({ description: "What came of documents that were submitted." })
export class SubmitPolicyPayload {
  @Field(() => PolicyVersion, {
    nullable: true,
    description: "The new DRAFT; null where the documents have faults.",
  })
  policyVersion: PolicyVersion | null;

  @Field(() => [PolicyPlace], {
    description: "What is wrong in the documents, with a suggestion. Nothing was stored then.",
  })
  faults: PolicyPlace[];

  @Field(() => String, { nullable: true, description: "Name of the mutation, as it was given." })
  clientMutationId: string | null;
}

@ObjectType({ description: "What came of a step." })
export class PolicyStepPayload {
  @Field(() => PolicyVersion, { description: "The version after the step." })
  policyVersion: PolicyVersion;

  @Field(() => String, { nullable: true, description: "Name of the mutation, as it was given." })
  clientMutationId: string | null;
}

declarePlain("SubmitPolicyPayload");
declarePlain("PolicyStepPayload");
