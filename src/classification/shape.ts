/**
 * What kind of value a field holds. The shape decides the GraphQL scalar, the operators of its
 * filter and how the mere existence of a value is shown.
 */
export type Shape =
  | "text"
  | "date"
  | "amount"
  | "count"
  | "integer"
  | "boolean"
  | "timestamp"
  // A place in a sequence: a whole number that may outgrow 32 bits.
  | "place"
  | "enum"
  | "list"
  | "relation";

/** What stands for a value of which only the existence may be known; constant, whatever the value. */
export const FULL_MASK = "******";

/** The same for dates, in EDTF (ISO 8601-2): every digit unspecified. */
export const FULL_DATE_MASK = "XXXX-XX-XX";

/** Existence as shown for a shape, or null where the shape has no form for it (the level falls to NONE). */
export function existenceMask(shape: Shape): string | null {
  switch (shape) {
    case "date":
      return FULL_DATE_MASK;
    case "text":
    case "amount":
    case "count":
      return FULL_MASK;
    case "integer":
    case "boolean":
    case "timestamp":
    case "place":
    case "enum":
    case "list":
    case "relation":
      return null;
  }
}
