import { Field, ID, InputType } from "type-graphql";
import { EdtfDate, Timestamp } from "../classification/scalars.ts";

@InputType({
  description: "An elevation that the supposed caller has, for the purpose asked about.",
})
export class SupposedElevationInput {
  @Field(() => ID, { description: "The one customer about whom it is." })
  customerId: string;

  @Field(() => [String], { description: "Fields of the customer that it opens." })
  fields: string[];

  @Field(() => Timestamp, { description: "Its approval, from which on it holds." })
  from: string;

  @Field(() => Timestamp, { description: "Its end, at which it no longer holds." })
  until: string;
}

@InputType({
  description: "A case of a court or an authority for which the supposed caller works.",
})
export class SupposedDisclosureCaseInput {
  @Field(() => String, { description: "Code of the case." })
  code: string;

  @Field(() => [String], { description: "Fields of the customer that it lists." })
  fields: string[];

  @Field(() => String, { description: "Where the authority sits, such as CN." })
  jurisdiction: string;

  @Field(() => String, {
    nullable: true,
    description: "The competent authority's approval to answer a foreign one (PIPL Art. 41).",
  })
  approvalRef?: string;

  @Field(() => String, { description: "State of the case, such as APPROVED." })
  state: string;
}

@InputType({ description: "An audit in whose team the supposed caller is." })
export class SupposedEngagementInput {
  @Field(() => String, { description: "Code of the audit." })
  code: string;

  @Field(() => String, { description: "State of the audit, such as FIELDWORK." })
  state: string;

  @Field(() => [String], {
    nullable: true,
    description: "Codes of the audited organisations; left out, those for which the caller works.",
  })
  organisations?: string[];

  @Field(() => [ID], {
    nullable: true,
    description: "The transfers to which it is limited; left out, it is not limited to any.",
  })
  transferIds?: string[];

  @Field(() => EdtfDate, { description: "First day of the audited time." })
  from: string;

  @Field(() => EdtfDate, { description: "Last day of the audited time." })
  to: string;
}
