import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Customer } from "./customer.entity.ts";

@InputType({ description: "A whole postal address; it replaces the one before." })
export class AddressInput {
  @Field(() => String, { description: "Province or federal state." })
  province: string;

  @Field(() => String, { description: "City." })
  city: string;

  @Field(() => String, { nullable: true, description: "District." })
  district?: string | null;

  @Field(() => String, { description: "Street, number and room." })
  street: string;
}

@InputType({
  description:
    "Changes of a customer. A field that is left out stays, null takes the value away. A masked value is refused.",
})
export class UpdateCustomerInput {
  @Field(() => ID, { description: "Id of the customer." })
  id: string;

  @Field(() => Int, { description: "Version that the changes were made from." })
  expectedVersion: number;

  @Field(() => String, {
    nullable: true,
    description:
      "Name of this change; the same name again, by the same caller, changes nothing more.",
  })
  clientMutationId?: string | null;

  @Field(() => String, { nullable: true, description: "Full name." })
  fullName?: string | null;

  @Field(() => String, { nullable: true, description: "Telephone number." })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: "E-mail address." })
  email?: string | null;

  @Field(() => AddressInput, { nullable: true, description: "Postal address." })
  address?: AddressInput | null;

  @Field(() => String, { nullable: true, description: "Legal representative of a company." })
  legalRepresentative?: string | null;

  @Field(() => String, { nullable: true, description: "People to speak to at a company." })
  contactPersons?: string | null;
}

@ObjectType({ description: "What came of a change." })
export class UpdateCustomerPayload {
  @Field(() => Customer, { nullable: true, description: "The customer after the change." })
  customer: Customer | null;

  @Field(() => String, { nullable: true, description: "Name of the change, as it was given." })
  clientMutationId: string | null;
}
