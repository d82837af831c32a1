import { Field, ID, ObjectType } from "type-graphql";
import { Customer } from "../customers/customer.entity.ts";
import { DisclosureEnum } from "../graphql/field-access.ts";
import { declarePlain } from "../graphql/plain-types.ts";

/** What was decided alike about some fields. */
@ObjectType({ description: "What was decided alike about some fields." })
export class DecisionVerdict {
  @Field(() => [String], {
    description: "Names of fields of the type; empty where it was about the row or the request.",
  })
  fields: readonly string[];

  @Field(() => DisclosureEnum, { description: "How much of the values was given." })
  disclosure: string;

  @Field(() => String, { nullable: true, description: "Reason code; null at CLEAR." })
  reason: string | null;

  @Field(() => String, { description: "Id of the deciding rule." })
  rule: string;

  @Field(() => String, { nullable: true, description: "Stage of a stop; null for what gives." })
  stage: string | null;

  @Field(() => [String], {
    description: "Ids of elevations and codes of disclosure cases by which the rule held.",
  })
  under: readonly string[];
}
declarePlain("DecisionVerdict");

/** Who asked. */
@ObjectType({ description: "Who asked, named as the principal is named now." })
export class DecisionCaller {
  @Field(() => ID, { description: "Id of the principal." })
  id: string;

  @Field(() => String, { nullable: true, description: "Name; null where there is none any more." })
  name: string | null;
}
declarePlain("DecisionCaller");

/** A customer whom a record is about. */
@ObjectType({ description: "A customer whom a record is about." })
export class DecisionCustomer {
  @Field(() => ID, {
    description:
      "Reference: the customer's id under a key that is not in the log. The same customer always has the same.",
  })
  reference: string;

  @Field(() => Customer, {
    nullable: true,
    description: "The customer as you see it now; null where it does not exist for you.",
  })
  customer: Customer | null;
}

/** What an operation was. */
@ObjectType({ description: "The operation in which it was decided." })
export class DecisionOperation {
  @Field(() => String, { nullable: true, description: "Name, where it has one." })
  name: string | null;

  @Field(() => String, {
    nullable: true,
    description: "First 32 characters of the SHA-256 of its document.",
  })
  digest: string | null;
}
declarePlain("DecisionOperation");
