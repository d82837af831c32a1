import { GraphQLScalarType, Kind } from "graphql";
import { Int } from "type-graphql";
import { invariant } from "../lib/invariant.ts";
import type { Shape } from "./shape.ts";

/** A date, or what is shown of it. */
export const EdtfDate = outputText({
  name: "EdtfDate",
  description:
    "A calendar date in EDTF (ISO 8601-2): `1990-05-08` in clear, `1990-XX-XX` where only the year is shown, `XXXX-XX-XX` where only the existence is.",
});

/** An amount, or the range that is shown of it. */
export const AmountOrRange = outputText({
  name: "AmountOrRange",
  description:
    "A decimal amount with two places as text (`197841.17`), or the range that holds it (`100000..500000`, lower bound included), or `******`.",
});

/** A count, or the range that is shown of it. */
export const CountOrRange = outputText({
  name: "CountOrRange",
  description: "A whole number as text (`12`), or the range that holds it (`10..50`), or `******`.",
});

/** A point in time. */
export const Timestamp = outputText({
  name: "Timestamp",
  description: "A point in time in UTC, RFC 3339: `2026-11-23T14:00:00.000Z`.",
});

/** A place in a sequence; JSON numbers are exact up to 2^53 - 1. */
export const Place = new GraphQLScalarType({
  name: "Place",
  description: "A place in a sequence, counted from 0: a whole number of at most 2^53 - 1.",
  serialize: (value) => placeIn(Number(value)),
  parseValue: (value) => placeIn(value),
  parseLiteral: (node) => placeIn(node.kind === Kind.INT ? Number(node.value) : null),
});

function placeIn(value: unknown): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0)
    throw new TypeError("Place is written as a whole number");
  return value as number;
}

/** The scalar of a shape, for fields that name no type of their own. */
export function defaultScalarFor(shape: Shape): unknown {
  switch (shape) {
    case "text":
      return String;
    case "date":
      return EdtfDate;
    case "amount":
      return AmountOrRange;
    case "count":
      return CountOrRange;
    case "integer":
      return Int;
    case "boolean":
      return Boolean;
    case "timestamp":
      return Timestamp;
    case "place":
      return Place;
    case "enum":
    case "list":
    case "relation":
      return invariant(false, `a field of shape ${shape} names its GraphQL type`);
  }
}

function outputText(config: { name: string; description: string }): GraphQLScalarType {
  return new GraphQLScalarType({
    ...config,
    serialize: (value) => (value instanceof Date ? value.toISOString() : String(value)),
    parseValue: (value) => {
      if (typeof value !== "string") throw new TypeError(`${config.name} is written as text`);
      return value;
    },
  });
}
