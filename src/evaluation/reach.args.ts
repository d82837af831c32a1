import { ArgsType, Field, ID, Int } from "type-graphql";
import { Timestamp } from "../classification/scalars.ts";

@ArgsType()
export class WhoCanAccessArgs {
  @Field(() => ID, { description: "Id of a customer that the auditor may know of." })
  customerId: string;

  @Field(() => String, { description: "The field in question." })
  field: string;

  @Field(() => String, { description: "Purpose of the supposed readings." })
  purpose: string;

  @Field(() => Timestamp, {
    nullable: true,
    description: "Time of the supposed readings; now where left out.",
  })
  at?: string | null;

  @Field(() => Int, {
    defaultValue: 50,
    description: "How many principals are judged, at most 100.",
  })
  first: number;

  @Field(() => ID, {
    nullable: true,
    description: "Id of the principal after which the page starts.",
  })
  after?: string | null;
}
