import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { typeIn } from "../classification/catalog.ts";
import { readCatalog } from "../classification/field.ts";
import type { Shape } from "../classification/shape.ts";
import { DisclosureEnum } from "../graphql/field-access.ts";
import { Customer } from "./customer.entity.ts";

/** Shapes that say nothing of what a customer is, so that nobody could mean to group by them. */
const UNGROUPED: ReadonlySet<Shape> = new Set(["relation", "list", "timestamp", "integer"]);

const fields = [...typeIn(readCatalog([Customer.name]), Customer.name).fields.values()];

/** Fields of a customer that can be asked for; those that nobody may group by have a definite answer. */
export const CustomerGroupField = Object.fromEntries(
  fields.filter(({ shape }) => !UNGROUPED.has(shape)).map(({ name }) => [name, name]),
);
registerEnumType(CustomerGroupField, {
  name: "CustomerGroupField",
  description:
    "Fields of customers. Groups are made by PUBLIC fields that many share, in clear, and by SENSITIVE ones that have a COARSE form, in that form; every other is refused with FIELD_GROUP_FORBIDDEN.",
});

@ObjectType({ description: "What the customers of a group have in common." })
export class CustomerGroupKey {
  @Field(() => CustomerGroupField, { description: "The field." })
  field: string;

  @Field(() => DisclosureEnum, { description: "CLEAR, or COARSE for a year, group or range." })
  disclosure: string;

  @Field(() => String, { nullable: true, description: "The value as text; null for none." })
  value: string | null;
}

@ObjectType({ description: "Customers that have the same values." })
export class CustomerGroup {
  @Field(() => [CustomerGroupKey], { description: "Their values, in the order of `groupBy`." })
  keys: CustomerGroupKey[];

  @Field(() => Int, { description: "How many, rounded down to a multiple of `smallestGroup`." })
  count: number;
}

@ObjectType({
  description:
    "Counts of customers. Groups smaller than `smallestGroup` are left out like empty ones, and every count is rounded down to a multiple of it, so that no difference of counts is about a few people.",
})
export class CustomerStats {
  @Field(() => Int, {
    nullable: true,
    description:
      "How many customers were looked at, rounded like the groups; null for none and for too few alike.",
  })
  totalCount: number | null;

  @Field(() => [CustomerGroup], { description: "The groups, largest first." })
  groups: CustomerGroup[];

  @Field(() => Int, { description: "Customers that a group must have to be told of (policy)." })
  smallestGroup: number;
}
