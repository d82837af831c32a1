import type { CountryCode } from "libphonenumber-js";
import type { CustomerField } from "../customer-record.ts";
import type { FaultName } from "./fault.ts";

/** What a rule may look at beside the value itself. */
export interface RuleContext {
  /** Country of telephone numbers that are written without one. */
  readonly defaultCountry: CountryCode;
  /** Other fields of the same customer in their stored form, as far as they are known. */
  readonly siblings: Readonly<Partial<Record<CustomerField, string | null>>>;
}

/**
 * A value in its stored form, or what is wrong with it. `normalised` says that the source wrote it
 * in an unusual way (`１３８…`, `1992/11/23`), not merely that the stored form differs.
 */
export type Reading =
  | { readonly value: string; readonly normalised: boolean }
  | { readonly fault: FaultName };

/** Judges one value. It gets the text trimmed and not empty, after masks were refused. */
export type FieldRule = (text: string, context: RuleContext) => Reading;
