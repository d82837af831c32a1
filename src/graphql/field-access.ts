import { Field, ObjectType, registerEnumType } from "type-graphql";
import { DISCLOSURES } from "../classification/disclosure.ts";
import { declarePlain } from "./plain-types.ts";

/** Disclosure levels as a GraphQL enumeration. */
export const DisclosureEnum = Object.fromEntries(DISCLOSURES.map((level) => [level, level]));

registerEnumType(DisclosureEnum, {
  name: "Disclosure",
  description: "How much of a value is given, from nothing to all of it.",
  valuesConfig: {
    NONE: { description: "Nothing; null, whether there is a value or not." },
    EXISTS: { description: "Only that there is a value, as a constant mask." },
    TOKEN: { description: "A pseudonym, stable for organisation and purpose." },
    COARSE: { description: "A group, year or range." },
    PARTIAL: { description: "A few characters." },
    CLEAR: { description: "The value itself; null means that there is none." },
  },
});

/** What was decided about one field of one row. */
@ObjectType({ description: "What was decided about one field of one row." })
export class FieldAccess {
  @Field(() => String, { description: "Name of the field." })
  field: string;

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
}

/** What a caller can expect of one field before asking. */
@ObjectType({ description: "What the caller can expect of one field of a type." })
export class ExpectedAccess {
  @Field(() => String, { description: "Name of the field." })
  field: string;

  @Field(() => DisclosureEnum, { description: "The most that any row gives." })
  disclosure: string;

  @Field(() => Boolean, { description: "Whether some rows give less than that." })
  variesByRow: boolean;

  @Field(() => Boolean, { description: "Whether lists can be filtered by the field." })
  filterable: boolean;

  @Field(() => Boolean, { description: "Whether lists can be put in order by the field." })
  sortable: boolean;

  @Field(() => Boolean, { description: "Whether rows can be counted in groups by the field." })
  groupable: boolean;

  @Field(() => String, {
    nullable: true,
    description: "Reason code where even the best row is below CLEAR.",
  })
  reason: string | null;
}

declarePlain("FieldAccess");
declarePlain("ExpectedAccess");
