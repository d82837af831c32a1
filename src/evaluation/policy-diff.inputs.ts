import { Field, InputType, Int } from "type-graphql";

@InputType({ description: "A document of a draft." })
export class DraftDocumentInput {
  @Field(() => String, { description: "File name, such as roles/cs-agent.yaml." })
  name: string;

  @Field(() => String, {
    nullable: true,
    description: "YAML text; left out, the draft has no document of that name.",
  })
  text?: string | null;
}

@InputType({ description: "Two policies to compare." })
export class ComparedPoliciesInput {
  @Field(() => String, {
    nullable: true,
    description: "Version before; the one that answers this request where left out.",
  })
  from?: string | null;

  @Field(() => String, { nullable: true, description: "Version after; or give draft." })
  to?: string | null;

  @Field(() => [DraftDocumentInput], {
    nullable: true,
    description: "Documents that replace those of the same name in the version before.",
  })
  draft?: DraftDocumentInput[] | null;
}

@InputType({ description: "Which changes are asked for." })
export class PolicyDiffInput extends ComparedPoliciesInput {
  @Field(() => Boolean, {
    defaultValue: false,
    description: "Count the rows on which something changes.",
  })
  withCounts: boolean;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Changes of mere reasons, too.",
  })
  withReasons: boolean;

  @Field(() => [String], { nullable: true, description: "These roles only." })
  roles?: string[] | null;

  @Field(() => [String], { nullable: true, description: "These purposes only." })
  purposes?: string[] | null;

  @Field(() => Int, { defaultValue: 100, description: "Changes of a page, at most 500." })
  first: number;

  @Field(() => Int, { defaultValue: 0, description: "Changes to pass over." })
  offset: number;
}
