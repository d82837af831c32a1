import { Field, ID, Int, ObjectType } from "type-graphql";
import { Timestamp } from "../classification/scalars.ts";
import { DisclosureEnum, ExpectedAccess } from "../graphql/field-access.ts";

@ObjectType({ description: "A principal who was judged, and what policy decides for them." })
export class AccessHolder {
  @Field(() => ID, { description: "Id of the principal." })
  id: string;

  @Field(() => String, { description: "Name of the principal; never a customer's." })
  name: string;

  @Field(() => String, { description: "Code of the principal's organisation." })
  organisation: string;

  @Field(() => [String], { description: "Roles that hold at the time in question." })
  roles: string[];

  @Field(() => DisclosureEnum, { description: "What is given without a second factor." })
  withoutSecondFactor: string;

  @Field(() => String, {
    nullable: true,
    description: "Reason code of everything below CLEAR, with a second factor.",
  })
  reason: string | null;

  @Field(() => String, { description: "Id of the deciding rule, with a second factor." })
  rule: string;
}

@ObjectType({ description: "Those to whom the same is given." })
export class AccessGroup {
  @Field(() => DisclosureEnum, { description: "What is given to them, with a second factor." })
  disclosure: string;

  @Field(() => [String], { description: "Roles that somebody of the group holds." })
  roles: string[];

  @Field(() => [AccessHolder], { description: "People." })
  people: AccessHolder[];

  @Field(() => [AccessHolder], { description: "Systems, such as those of partners." })
  clients: AccessHolder[];
}

@ObjectType({ description: "Who could read a field of a customer. Never a value." })
export class WhoCanAccess {
  @Field(() => String, { description: "Version of the policy that decided." })
  policyVersion: string;

  @Field(() => Timestamp, { description: "Time for which it was decided." })
  at: Date;

  @Field(() => [AccessGroup], { description: "Groups of this page, who gets most first." })
  groups: AccessGroup[];

  @Field(() => Int, { description: "How many principals were judged on this page." })
  judged: number;

  @Field(() => Boolean, { description: "Whether more principals are to be judged." })
  hasNextPage: boolean;

  @Field(() => ID, {
    nullable: true,
    description: "Id of the last principal of this page, for after.",
  })
  endCursor: string | null;
}

@ObjectType({ description: "What a caller could read of a guarded type." })
export class TypeAccess {
  @Field(() => String, { description: "Name of the guarded type." })
  type: string;

  @Field(() => Boolean, { description: "Whether any row could exist for the caller." })
  visible: boolean;

  @Field(() => [ExpectedAccess], { description: "The most that any row gives, field by field." })
  fields: ExpectedAccess[];
}

@ObjectType({ description: "What a caller could read for a purpose. Never a value." })
export class WhatCanAccess {
  @Field(() => String, { description: "Version of the policy that decided." })
  policyVersion: string;

  @Field(() => Timestamp, { description: "Time for which it was decided." })
  at: Date;

  @Field(() => [TypeAccess], { description: "Every guarded type." })
  types: TypeAccess[];
}

@ObjectType({ description: "What a role is given of a field at most." })
export class AccessMatrixCell {
  @Field(() => String, { description: "Name of the field." })
  field: string;

  @Field(() => String, { description: "Category of the field." })
  category: string;

  @Field(() => DisclosureEnum, { description: "The most that any row gives." })
  disclosure: string;

  @Field(() => Boolean, { description: "Whether some rows give less than that." })
  variesByRow: boolean;

  @Field(() => String, { nullable: true, description: "Reason code of everything below CLEAR." })
  reason: string | null;
}

@ObjectType({ description: "A line of the matrix." })
export class AccessMatrixRole {
  @Field(() => String, { description: "The role." })
  role: string;

  @Field(() => String, { description: "What the role is for." })
  about: string;

  @Field(() => Boolean, { description: "Whether any row could exist for the role." })
  visible: boolean;

  @Field(() => [AccessMatrixCell], { description: "Every field of the type." })
  fields: AccessMatrixCell[];
}

@ObjectType({ description: "What policy gives each role of a type's fields, for one purpose." })
export class AccessMatrix {
  @Field(() => String, { description: "Version of the policy." })
  policyVersion: string;

  @Field(() => String, { description: "The purpose." })
  purpose: string;

  @Field(() => String, { description: "Name of the guarded type." })
  type: string;

  @Field(() => [AccessMatrixRole], { description: "Every role." })
  roles: AccessMatrixRole[];
}
