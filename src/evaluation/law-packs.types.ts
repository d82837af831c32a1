import { Field, ObjectType } from "type-graphql";
import { declarePlain } from "../graphql/plain-types.ts";

declarePlain("LawFact");
declarePlain("LawPack");

@ObjectType({ description: "One thing that a law says, from a day on." })
export class LawFact {
  @Field(() => String, { description: "Name of the fact." })
  name: string;

  @Field(() => String, { description: "What the fact is, in one sentence." })
  about: string;

  @Field(() => String, { description: "What the law says, with its unit." })
  text: string;

  @Field(() => String, {
    nullable: true,
    description: "First day (UTC) on which it holds; null where it always did.",
  })
  effectiveFrom: string | null;

  @Field(() => String, { description: "The clause, or whose proposal it is." })
  source: string;

  @Field(() => String, {
    description:
      "VERIFIED (the statute was read), QUOTED, SECONDARY, UNCHECKED, or PRODUCT_DEFAULT (no law).",
  })
  confidence: string;
}

@ObjectType("LawPack", { description: "What one law says at a time. None of it is legal advice." })
export class LawPackResult {
  @Field(() => String, { description: "Code of the pack." })
  code: string;

  @Field(() => String, { description: "Whose law it is." })
  about: string;

  @Field(() => String, { description: "First digits of the digest of its document." })
  version: string;

  @Field(() => [String], { description: "Jurisdictions (ISO 3166-1 alpha-2) that it covers." })
  covers: string[];

  @Field(() => String, {
    nullable: true,
    description: "Pack that says what this one leaves unsaid; null where that is OTHER.",
  })
  buildsOn: string | null;

  @Field(() => [LawFact], { description: "What it says itself, at the time in question." })
  facts: LawFact[];
}
