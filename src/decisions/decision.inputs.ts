import { Field, ID, InputType } from "type-graphql";
import { Timestamp } from "../classification/scalars.ts";
import { DisclosureEnum } from "../graphql/field-access.ts";
import { RecordedActionEnum } from "./decision.enums.ts";

/** What a search of the decision log names; everything that is named must hold. */
@InputType({
  description:
    "Which records of the decision log a list holds: all that is named must hold. Every test reads a field of the record in clear and is refused where you may not.",
})
export class DecisionFilter {
  @Field(() => ID, {
    nullable: true,
    description:
      "Id of a customer that it is about. An id that is nobody's finds what was recorded about it: nothing.",
  })
  customerId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Who asked: a principal by id, or by a name that only one has.",
  })
  caller?: string | null;

  @Field(() => ID, { nullable: true, description: "Organisation of the one who asked." })
  organisationId?: string | null;

  @Field(() => ID, { nullable: true, description: "An organisation that it concerns." })
  concernedId?: string | null;

  @Field(() => String, { nullable: true, description: "A role of the one who asked." })
  role?: string | null;

  @Field(() => String, { nullable: true, description: "A field, such as Customer.idNumber." })
  field?: string | null;

  @Field(() => DisclosureEnum, {
    nullable: true,
    description: "A disclosure; with `field` that of the field.",
  })
  disclosure?: string | null;

  @Field(() => String, { nullable: true, description: "Id of a deciding rule." })
  rule?: string | null;

  @Field(() => String, { nullable: true, description: "A reason code." })
  reason?: string | null;

  @Field(() => String, { nullable: true, description: "The purpose." })
  purpose?: string | null;

  @Field(() => String, { nullable: true, description: "Version of the policy." })
  policyVersion?: string | null;

  @Field(() => RecordedActionEnum, { nullable: true, description: "What it is about." })
  action?: string | null;

  @Field(() => String, { nullable: true, description: "Code with which it was refused." })
  refusal?: string | null;

  @Field(() => String, { nullable: true, description: "Id of the request." })
  request?: string | null;

  @Field(() => String, { nullable: true, description: "Name of the operation." })
  operation?: string | null;

  @Field(() => String, { nullable: true, description: "A case in which the caller worked." })
  caseCode?: string | null;

  @Field(() => ID, { nullable: true, description: "A transfer of which the rows are part." })
  transferId?: string | null;

  @Field(() => Timestamp, { nullable: true, description: "From this time of the request on." })
  from?: string | null;

  @Field(() => Timestamp, { nullable: true, description: "Before this time of the request." })
  to?: string | null;
}
