import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { Timestamp } from "../classification/scalars.ts";
import { DisclosureEnum } from "../graphql/field-access.ts";

/** What a rule does. */
export const RuleEffectEnum = {
  GRANT: "grant",
  STOP: "stop",
  ROW: "row",
  ROW_STOP: "row-stop",
  REFUSAL: "refusal",
};

registerEnumType(RuleEffectEnum, {
  name: "RuleEffect",
  description: "What a rule does.",
  valuesConfig: {
    GRANT: { description: "Raises a field to a level." },
    STOP: { description: "Caps a field at a level." },
    ROW: { description: "Shows a row." },
    ROW_STOP: { description: "Hides a row." },
    REFUSAL: { description: "Refuses the whole request." },
  },
});

@ObjectType({ description: "One clause of a rule, or a group of clauses." })
export class RuleClause {
  @Field(() => String, { description: "CALLER or ROW: what the clause is about." })
  of: string;

  @Field(() => Int, {
    description: "0 for a whole condition; clauses of a group follow it, one deeper.",
  })
  depth: number;

  @Field(() => String, { description: "The clause in words, with the caller's values in it." })
  text: string;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether it holds; null where that is not known.",
  })
  holds: boolean | null;
}

@ObjectType({ description: "One rule that was considered, and what came of it." })
export class RuleConsideration {
  @Field(() => String, { description: "Id of the rule." })
  id: string;

  @Field(() => RuleEffectEnum, { description: "What the rule does." })
  effect: string;

  @Field(() => String, {
    nullable: true,
    description: "Stage of a stop; an earlier stage decides before a later one.",
  })
  stage: string | null;

  @Field(() => DisclosureEnum, {
    nullable: true,
    description: "Level that it gives, or at which it caps; null for rules about rows.",
  })
  level: string | null;

  @Field(() => String, { description: "What it says, in a sentence." })
  about: string;

  @Field(() => String, { nullable: true, description: "Law or document behind a stop." })
  source: string | null;

  @Field(() => String, { description: "File and line of the policy documents." })
  place: string;

  @Field(() => Boolean, { description: "Whether it concerns this caller and purpose at all." })
  applies: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether it holds for the row; null where an attribute was not loaded.",
  })
  holds: boolean | null;

  @Field(() => [RuleClause], { description: "Each clause, those about the caller first." })
  clauses: RuleClause[];

  @Field(() => Boolean, { description: "Whether this rule decided." })
  decided: boolean;
}

@ObjectType({ description: "Small changes that together would give more." })
export class AccessRemedy {
  @Field(() => DisclosureEnum, { description: "What would be given." })
  disclosure: string;

  @Field(() => [String], {
    description: "What it would take, such as an assigned case; nothing of it can be left out.",
  })
  changes: string[];
}

@ObjectType({ description: "Why a field of a row is given to a caller as it is. Never a value." })
export class AccessExplanationResult {
  @Field(() => String, { description: "Version of the policy that decided." })
  policyVersion: string;

  @Field(() => String, {
    nullable: true,
    description:
      "Digest of what the law packs say on the day for which it was decided; null without any.",
  })
  lawPack: string | null;

  @Field(() => Timestamp, { description: "Time for which it was decided." })
  at: Date;

  @Field(() => Boolean, { description: "Whether the row exists for the caller at all." })
  visible: boolean;

  @Field(() => DisclosureEnum, { description: "How much of the value is given." })
  disclosure: string;

  @Field(() => String, {
    nullable: true,
    description: "Reason code of everything below CLEAR.",
  })
  reason: string | null;

  @Field(() => String, {
    description: "Id of the deciding rule; default-deny where no rule spoke.",
  })
  rule: string;

  @Field(() => [RuleConsideration], {
    description: "Rules about the row, in the order in which they decide.",
  })
  rowRules: RuleConsideration[];

  @Field(() => [RuleConsideration], {
    description: "Rules about the field, in the order in which they decide.",
  })
  fieldRules: RuleConsideration[];

  @Field(() => [AccessRemedy], {
    description: "What would change it, the most that can be had first.",
  })
  remedies: AccessRemedy[];

  @Field(() => String, { description: "The explanation in sentences, for auditors." })
  auditorText: string;

  @Field(() => String, {
    description:
      "What may be told to the caller: the same for every row, so that it betrays nothing about one.",
  })
  callerText: string;
}
