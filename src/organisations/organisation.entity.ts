import { Field, ID, ObjectType } from "type-graphql";

/** A company or authority that takes part. Reference data: it says nothing of a customer. */
@ObjectType({
  description:
    "A company or authority that takes part. Reference data; reached only through fields that policy decides.",
})
export class Organisation {
  @Field(() => ID, { description: "Id of the organisation." })
  id: string;

  @Field(() => String, { description: "Short name used in tokens and on the command line." })
  code: string;

  @Field(() => String, { description: "Name of the organisation." })
  name: string;

  /** Named as a financial organisation: what rules may read, and no part of the API. */
  isFinancial: boolean;

  /** Operates Custodia for all the others: what rules may read, and no part of the API. */
  isOperator: boolean;
}
