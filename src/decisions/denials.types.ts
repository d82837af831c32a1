import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { EdtfDate, Timestamp } from "../classification/scalars.ts";
import { declarePlain } from "../graphql/plain-types.ts";

/** By what denials are counted. */
export enum DenialBy {
  RULE = "RULE",
  FIELD = "FIELD",
  ROLE = "ROLE",
  PURPOSE = "PURPOSE",
  REASON = "REASON",
}
registerEnumType(DenialBy, {
  name: "DenialBy",
  description: "By what denials are counted.",
  valuesConfig: {
    RULE: { description: "The rule that decided." },
    FIELD: { description: "The field, such as Customer.idNumber." },
    ROLE: { description: "Each role of the one who asked." },
    PURPOSE: { description: "The purpose of the request." },
    REASON: { description: "The reason code, or the code of the refusal." },
  },
});

/** Lengths of time in which denials are counted. */
export enum DenialPeriod {
  DAY = "DAY",
  WEEK = "WEEK",
  MONTH = "MONTH",
}
registerEnumType(DenialPeriod, {
  name: "DenialPeriod",
  description: "Lengths of time in which denials are counted (UTC).",
  valuesConfig: {
    DAY: { description: "A day." },
    WEEK: { description: "A week, from Monday on." },
    MONTH: { description: "A month." },
  },
});

@ObjectType({ description: "How often something was denied in one length of time." })
export class DenialsOfPeriod {
  @Field(() => EdtfDate, { description: "First day (UTC)." })
  from: string;

  @Field(() => Int, { description: "Verdicts that gave nothing, and refusals." })
  denials: number;
}
declarePlain("DenialsOfPeriod");

@ObjectType({ description: "How often something was denied, for one rule, field, role and so on." })
export class DenialLine {
  @Field(() => DenialBy, { description: "What the word is." })
  by: DenialBy;

  @Field(() => String, { description: "Id of the rule, name of the field, and so on." })
  word: string;

  @Field(() => Int, { description: "Verdicts that gave nothing, and refusals." })
  denials: number;

  @Field(() => Int, { description: "Rows that they cover." })
  rows: number;

  @Field(() => [DenialsOfPeriod], { description: "The same over time; none where there was none." })
  periods: DenialsOfPeriod[];
}
declarePlain("DenialLine");

@ObjectType({ description: "What was denied most, for those who improve the policy." })
export class DenialAnalysis {
  @Field(() => Int, { description: "Records that were looked at." })
  records: number;

  @Field(() => Boolean, { description: "There are earlier ones that were not looked at." })
  isCapped: boolean;

  @Field(() => Timestamp, { nullable: true, description: "Time of the earliest of them." })
  since: Date | null;

  @Field(() => [DenialLine], { description: "The most frequent of each kind, in that order." })
  lines: DenialLine[];
}
declarePlain("DenialAnalysis");
