import {
  GraphQLID,
  type GraphQLLeafType,
  type GraphQLOutputType,
  GraphQLString,
  isLeafType,
  isListType,
  isNonNullType,
} from "graphql";
import type { BareStep } from "./step.ts";

/** Gives a value its form in the answer. */
export type Serialize = (value: unknown) => unknown;

/** The form of a scalar or enumeration. Texts are most of what is answered, and their own form. */
export function serialization(type: GraphQLLeafType): Serialize {
  const isText = type === GraphQLString || type === GraphQLID;
  return (value) => {
    if (isText && typeof value === "string") return value;
    const form: unknown = type.serialize(value);
    if (form == null) throw new Error(`A value of ${type.name} has no form.`);
    return form;
  };
}

/** The form of a value without parts, be it null where it may be; null for types with parts. */
export function leafCompletion(type: GraphQLOutputType, step: BareStep): Serialize | null {
  const named = isNonNullType(type) ? type.ofType : type;
  if (!isLeafType(named)) return null;
  const form = serialization(named);
  const isNullable = named === type;
  return (value) => {
    if (typeof value === "object" && value instanceof Error) throw value;
    if (value != null) return form(value);
    return isNullable ? null : requireValue(null, step);
  };
}

/** The same for lists of such values as well, which then are there or not as a whole. */
export function plainCompletion(type: GraphQLOutputType, step: BareStep): Serialize | null {
  const named = isNonNullType(type) ? type.ofType : type;
  if (!isListType(named)) return leafCompletion(type, step);
  const item = plainCompletion(named.ofType, step);
  if (item === null) return null;
  const isNullable = named === type;
  return (value) => {
    if (Array.isArray(value)) return value.map(item);
    if (value != null) throw new TypeError(`${step.field.name} is a list, and its value is none.`);
    return isNullable ? null : requireValue(null, step);
  };
}

/** @throws where null stands in a place that promises a value */
export function requireValue(value: unknown, { parentType, field }: BareStep): unknown {
  if (value === null)
    throw new Error(`Cannot return null for non-nullable field ${parentType.name}.${field.name}.`);
  return value;
}
