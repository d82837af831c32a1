import { Field, ID, InputType, Int } from "type-graphql";
import { ComparedPoliciesInput } from "./policy-diff.inputs.ts";

@InputType({
  description: "What is drawn: the same for the same seed, as long as nothing changes.",
})
export class SimulationSampleInput {
  @Field(() => Int, { description: "Any number; another one draws another sample." })
  seed: number;

  @Field(() => Int, { description: "Rows that you see, at most 1,000." })
  size: number;

  @Field(() => Int, {
    defaultValue: 20,
    description: "Principals, at most 20; those of different roles first.",
  })
  principals: number;
}

@InputType({ description: "Two policies, and the decisions on which they are tried." })
export class SimulateInput extends ComparedPoliciesInput {
  @Field(() => SimulationSampleInput, { description: "What is drawn." })
  sample: SimulationSampleInput;

  @Field(() => [String], {
    nullable: true,
    description: "Purposes; all of the policy that answers this request where left out.",
  })
  purposes?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: "Ids of principals, at most 20; drawn where left out.",
  })
  subjects?: string[] | null;

  @Field(() => Int, { defaultValue: 100, description: "Differences of a page, at most 500." })
  first: number;

  @Field(() => Int, { defaultValue: 0, description: "Differences to pass over." })
  offset: number;
}
