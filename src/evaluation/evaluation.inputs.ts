import { GraphQLScalarType } from "graphql";
import { Field, ID, InputType, registerEnumType } from "type-graphql";
import { type Classification, CLASSIFICATIONS } from "../classification/classification.ts";
import { Timestamp } from "../classification/scalars.ts";
import { DisclosureEnum } from "../graphql/field-access.ts";

/** Attributes of a row that need not exist, by name. */
export const AttributeMap = new GraphQLScalarType({
  name: "AttributeMap",
  description:
    'Attributes of a supposed row by name, such as `{ state: "ACTIVE", assignedAgentIds: [] }`. An attribute that is left out was not loaded, and rules that read it deny.',
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new TypeError("AttributeMap is an object");
    }
    return value;
  },
});
import {
  SupposedDisclosureCaseInput,
  SupposedElevationInput,
  SupposedEngagementInput,
} from "./supposed-items.inputs.ts";

/** Protection classes as a GraphQL enumeration. */
const ClassificationEnum = Object.fromEntries(CLASSIFICATIONS.map((word) => [word, word]));

registerEnumType(ClassificationEnum, {
  name: "Classification",
  description: "Protection class of a field, lowest first.",
  valuesConfig: {
    PUBLIC: { description: "Least protected; for the business, never to be published." },
    SENSITIVE: { description: "Sealed at rest, such as identity and bank account numbers." },
    PRIVATE: { description: "Sealed at rest, such as health and family." },
  },
});

@InputType({
  description: "A supposed caller, by attributes. What is left out is absent or empty.",
})
export class SupposedSubjectInput {
  @Field(() => ID, { nullable: true, description: "Principal id, for rules about assigned cases." })
  id?: string;

  @Field(() => [String], { description: "Roles." })
  roles: string[];

  @Field(() => String, { description: "Code of the organisation." })
  organisation: string;

  @Field(() => [String], { nullable: true, description: "Codes of the organisations worked for." })
  serves?: string[];

  @Field(() => Boolean, { defaultValue: false, description: "A system rather than a person." })
  isClient: boolean;

  @Field(() => [String], { defaultValue: [], description: "Scopes of the token." })
  scopes: string[];

  @Field(() => DisclosureEnum, { nullable: true, description: "Ceiling of the token." })
  fieldCeiling?: string;

  @Field(() => Boolean, { defaultValue: false, description: "With a second factor." })
  mfa: boolean;

  @Field(() => Timestamp, { nullable: true, description: "End of the last passed training." })
  trainingValidUntil?: string;

  @Field(() => ClassificationEnum, {
    nullable: true,
    description: "Highest class of fields for which the employer cleared the caller.",
  })
  clearance?: Classification;

  @Field(() => Boolean, {
    defaultValue: true,
    description: "Within the hours that the employer set, if it set any.",
  })
  withinWorkingHours: boolean;

  @Field(() => ID, { nullable: true, description: "The customer that a data subject is." })
  customerId?: string;

  @Field(() => [String], { defaultValue: [], description: "Codes of the caller's cases." })
  caseCodes: string[];

  @Field(() => String, {
    nullable: true,
    description: "Where the caller is (ISO 3166-1 alpha-2); outside everywhere when left out.",
  })
  location?: string;

  @Field(() => [String], {
    defaultValue: [],
    description:
      "Laws and controllers (`CN/<id>`) whose data a mechanism lets cross the border to the caller.",
  })
  exportKeys: string[];

  @Field(() => [SupposedElevationInput], {
    defaultValue: [],
    description: "Elevations of the caller.",
  })
  elevations: SupposedElevationInput[];

  @Field(() => [SupposedDisclosureCaseInput], {
    defaultValue: [],
    description: "Disclosure cases for which the caller works.",
  })
  disclosureCases: SupposedDisclosureCaseInput[];

  @Field(() => [SupposedEngagementInput], {
    defaultValue: [],
    description: "Audits in whose team the caller is.",
  })
  engagements: SupposedEngagementInput[];
}

@InputType({
  description: "The row in question: an existing one by id, or a supposed one by attributes.",
})
export class EvaluatedResourceInput {
  @Field(() => String, { description: "Name of a guarded type, such as Customer." })
  type: string;

  @Field(() => ID, { nullable: true, description: "Id of a row that the auditor may know of." })
  id?: string;

  @Field(() => AttributeMap, { nullable: true, description: "Attributes of a supposed row." })
  attributes?: Record<string, unknown>;
}

@InputType({ description: "Who is asked about, with which purpose, and when." })
export class AskedCallerInput {
  @Field(() => ID, {
    nullable: true,
    description: "Id of a principal, or a name that only one has; or give subject.",
  })
  caller?: string;

  @Field(() => SupposedSubjectInput, {
    nullable: true,
    description: "A supposed caller; or give caller.",
  })
  subject?: SupposedSubjectInput;

  @Field(() => Boolean, {
    defaultValue: true,
    description: "With caller: whether they would come with a second factor.",
  })
  mfa: boolean;

  @Field(() => String, { description: "Purpose of the supposed reading." })
  purpose: string;

  @Field(() => Timestamp, {
    nullable: true,
    description: "Time of the supposed reading; now where left out.",
  })
  at?: string;
}

@InputType({ description: "What policy would decide, for whom, about what, and when." })
export class EvaluateAccessInput extends AskedCallerInput {
  @Field(() => EvaluatedResourceInput, { description: "The row in question." })
  resource: EvaluatedResourceInput;

  @Field(() => [String], { nullable: true, description: "Fields; all of them where left out." })
  fields?: string[];
}

@InputType({ description: "Of which decision the reasons are asked." })
export class ExplainAccessInput extends AskedCallerInput {
  @Field(() => EvaluatedResourceInput, { description: "The row in question." })
  resource: EvaluatedResourceInput;

  @Field(() => String, { description: "The field in question." })
  field: string;
}
