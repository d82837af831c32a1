import { type ClassType, Field, InputType, registerEnumType } from "type-graphql";
import type { FieldDefinition, TypeDefinition } from "../classification/catalog.ts";
import type { Shape } from "../classification/shape.ts";
import { EdtfDate, Timestamp } from "../classification/scalars.ts";

/** Operators of the inputs; the reader knows all of them. */
@InputType({ description: "Tests of a text." })
export class TextFilter {
  @Field(() => String, { nullable: true, description: "Is this text." })
  eq?: string;

  @Field(() => [String], { nullable: true, description: "Is one of these texts." })
  in?: string[];

  @Field(() => String, { nullable: true, description: "Starts with this text." })
  startsWith?: string;

  @Field(() => String, { nullable: true, description: "Contains this text." })
  contains?: string;

  @Field(() => Boolean, { nullable: true, description: "Has no value (true) or has one (false)." })
  isNull?: boolean;
}

@InputType({ description: "Tests of a word that is compared as a whole." })
export class ExactFilter {
  @Field(() => String, { nullable: true, description: "Is this word." })
  eq?: string;

  @Field(() => [String], { nullable: true, description: "Is one of these words." })
  in?: string[];

  @Field(() => Boolean, { nullable: true, description: "Has no value (true) or has one (false)." })
  isNull?: boolean;
}

@InputType({ description: "Exact lookup of a sealed value; the value itself is never compared." })
export class LookupFilter {
  @Field(() => String, { nullable: true, description: "Is this value." })
  eq?: string;

  @Field(() => [String], { nullable: true, description: "Is one of these values." })
  in?: string[];

  @Field(() => String, {
    nullable: true,
    description:
      "Refused with FIELD_FILTER_FORBIDDEN, to everybody: guessing a sealed value piece by piece is the oldest way to read it.",
  })
  startsWith?: string;
}

@InputType({ description: "Tests of a yes or no." })
export class BooleanFilter {
  @Field(() => Boolean, { nullable: true, description: "Is this." })
  eq?: boolean;
}

@InputType({ description: "Tests of a date (ISO 8601, whole days)." })
export class DateFilter {
  @Field(() => EdtfDate, { nullable: true, description: "Is this day." })
  eq?: string;

  @Field(() => EdtfDate, { nullable: true, description: "Is before this day." })
  lt?: string;

  @Field(() => EdtfDate, { nullable: true, description: "Is this day or before." })
  lte?: string;

  @Field(() => EdtfDate, { nullable: true, description: "Is after this day." })
  gt?: string;

  @Field(() => EdtfDate, { nullable: true, description: "Is this day or after." })
  gte?: string;

  @Field(() => Boolean, { nullable: true, description: "Has no value (true) or has one (false)." })
  isNull?: boolean;
}

@InputType({ description: "Tests of a point in time (RFC 3339)." })
export class TimeFilter {
  @Field(() => Timestamp, { nullable: true, description: "Is before this time." })
  lt?: string;

  @Field(() => Timestamp, { nullable: true, description: "Is this time or after." })
  gte?: string;
}

@InputType({ description: "Tests of a list of words." })
export class ListFilter {
  @Field(() => String, { nullable: true, description: "Has this word among its items." })
  includes?: string;

  @Field(() => [String], { nullable: true, description: "Has one of these words among its items." })
  overlaps?: string[];
}

/** Direction of a sort key. */
export enum OrderDirection {
  ASC = "ASC",
  DESC = "DESC",
}
registerEnumType(OrderDirection, { name: "OrderDirection", description: "Upwards or downwards." });

/** GraphQL name and object of the enumeration behind each field that holds one. */
export type EnumsByField = Readonly<Record<string, readonly [name: string, enumeration: object]>>;

const enumFilters = new Map<object, ClassType<object>>();

/** `{ and, or, not }` over the filterable fields of a type, as one input class. */
export function filterInputOf(type: TypeDefinition, enums: EnumsByField): ClassType<object> {
  class Filter {}
  InputType(`${type.name}Filter`, {
    description: `Which ${type.name} objects a list holds. Tests beside each other must all hold. A test of a field is a reading of it in clear and refused where the caller may not.`,
  })(Filter);
  const add = (name: string, of: () => unknown, description: string): void => {
    Field(of as never, { nullable: true, description })(Filter.prototype, name);
  };
  for (const field of type.fields.values()) {
    if (field.filter === null) continue;
    const input = operatorsOf(field, enums[field.name]);
    add(field.name, () => input, `Tests of ${field.name}.`);
  }
  add("and", () => [Filter], "All of these hold.");
  add("or", () => [Filter], "At least one of these holds.");
  add("not", () => Filter, "This does not hold.");
  return Filter;
}

/**
 * `{ field, direction }` over the fields that have an order. Sealed dates and numbers are among
 * them, so that asking for their order has a definite answer: no.
 */
export function orderInputOf(type: TypeDefinition): ClassType<object> {
  const names = [...type.fields.values()].filter(hasOrder).map(({ name }) => name);
  const fields = Object.fromEntries(names.map((name) => [name, name]));
  registerEnumType(fields, {
    name: `${type.name}OrderField`,
    description: `Fields by which ${type.name} objects can be put in order.`,
  });
  class Order {}
  InputType(`${type.name}Order`, {
    description: `One key of an order of ${type.name} objects.`,
  })(Order);
  Field(() => fields as never, { description: "Field to order by." })(Order.prototype, "field");
  Field(() => OrderDirection, {
    defaultValue: OrderDirection.ASC,
    description: "Upwards unless told otherwise.",
  })(Order.prototype, "direction");
  return Order;
}

const ORDERED_SHAPES: ReadonlySet<Shape> = new Set(["date", "amount", "count"]);

function hasOrder(field: FieldDefinition): boolean {
  return field.sortable || ORDERED_SHAPES.has(field.shape);
}

function operatorsOf(
  field: FieldDefinition,
  enumeration: EnumsByField[string] | undefined,
): ClassType<object> {
  if (enumeration !== undefined) return enumFilterOf(...enumeration);
  if (field.shape === "boolean") return BooleanFilter;
  switch (field.filter) {
    case "lookup":
      return LookupFilter;
    case "text":
      return TextFilter;
    case "range":
      return DateFilter;
    case "time":
      return TimeFilter;
    case "list":
      return ListFilter;
    default:
      return ExactFilter;
  }
}

function enumFilterOf(name: string, enumeration: object): ClassType<object> {
  const known = enumFilters.get(enumeration);
  if (known !== undefined) return known;
  class EnumFilter {}
  InputType(`${name}Filter`, { description: "Tests of a word out of a closed list." })(EnumFilter);
  Field(() => enumeration as never, { nullable: true, description: "Is this word." })(
    EnumFilter.prototype,
    "eq",
  );
  Field(() => [enumeration] as never, { nullable: true, description: "Is one of these words." })(
    EnumFilter.prototype,
    "in",
  );
  enumFilters.set(enumeration, EnumFilter);
  return EnumFilter;
}
