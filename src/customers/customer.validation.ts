import type { CountryCode } from "libphonenumber-js";
import { holdsMaskSign, looksMasked } from "../lib/looks-masked.ts";
import type { AgesIn } from "./age-limits.ts";
import { composeAddress } from "./compose-address.ts";
import {
  CUSTOMER_FIELDS,
  type CustomerField,
  type CustomerRecord,
  EMPTY_RECORD,
} from "./customer-record.ts";
import { checkConsistency } from "./validation/consistency.ts";
import type { FieldFault, FieldWarning, RejectionCode } from "./validation/fault.ts";
import type { RuleContext } from "./validation/field-rule.ts";
import { FIELD_RULES, NAME_FIELDS, REQUIRED_FIELDS } from "./validation/field-rules.ts";

/** Values as a source wrote them; a missing field and an empty one both mean no value. */
export type RawRecord = Readonly<Partial<Record<CustomerField, string | null>>>;

/** One judged value: its stored form, or why it is refused. */
export type FieldVerdict =
  | { readonly ok: true; readonly value: string | null; readonly normalised: boolean }
  | { readonly ok: false; readonly fault: FieldFault };

/** A judged record; the first fault is the one that stands for the record. */
export type RecordVerdict =
  | {
      readonly ok: true;
      readonly record: CustomerRecord;
      readonly normalised: boolean;
      readonly warnings: readonly FieldWarning[];
    }
  | { readonly ok: false; readonly code: RejectionCode; readonly faults: readonly FieldFault[] };

/**
 * Judges one value by itself. `siblings` are the customer's other fields in their stored form, for
 * the fields whose form depends on another (`idNumber` on `idType`, `bankAccount` on `accountKind`).
 */
export function validateField({
  field,
  value,
  siblings = {},
  defaultCountry = "CN",
}: {
  field: CustomerField;
  value: string | null | undefined;
} & Partial<RuleContext>): FieldVerdict {
  const text = value?.trim() ?? "";
  if (text === "") {
    if (REQUIRED_FIELDS.has(field))
      return refusal({ field, code: "VALIDATION_FAILED", fault: "required" });
    return { ok: true, value: null, normalised: false };
  }
  // Before any format: a mask such as 138****5678 is a value that somebody else kept back.
  const masked = NAME_FIELDS.has(field)
    ? holdsMaskSign(text) || looksMasked(text)
    : looksMasked(text);
  if (masked) return refusal({ field, code: "MASKED_VALUE_REJECTED", fault: null });

  const reading = FIELD_RULES[field](text, { siblings, defaultCountry });
  if ("fault" in reading)
    return refusal({ field, code: "VALIDATION_FAILED", fault: reading.fault });
  return { ok: true, value: reading.value, normalised: reading.normalised || text !== value };
}

/** Judges a whole record on a day (`now`, UTC): every field, then what the fields say together. */
export function validateRecord({
  fields,
  now,
  defaultCountry = "CN",
  agesIn,
}: {
  fields: RawRecord;
  now: Date;
  /** Country of the ledger, which is also the one whose law governs its records. */
  defaultCountry?: CountryCode;
  agesIn: AgesIn;
}): RecordVerdict {
  const record: Record<CustomerField, string | null> = { ...EMPTY_RECORD };
  const faults: FieldFault[] = [];
  let normalised = false;
  for (const field of CUSTOMER_FIELDS) {
    const value = fields[field];
    // Most fields of a ledger are empty.
    if ((value ?? "") === "" && !REQUIRED_FIELDS.has(field)) continue;
    const verdict = validateField({ field, value, siblings: record, defaultCountry });
    if (!verdict.ok) faults.push(verdict.fault);
    else normalised ||= verdict.normalised;
    record[field] = verdict.ok ? verdict.value : null;
  }
  if (faults.length > 0) return rejection(faults);

  const together = checkConsistency({
    record,
    today: now.toISOString().slice(0, 10),
    guardianAge: agesIn(defaultCountry).guardian,
  });
  if (together.faults.length > 0) return rejection(together.faults);
  const complete = completed(record as CustomerRecord, together.birthDate);
  return { ok: true, record: complete, normalised, warnings: together.warnings };
}

/** Fills what other fields of the record state: minors are known by their number alone. */
function completed(record: CustomerRecord, birthDate: string | null): CustomerRecord {
  return { ...record, birthDate, address: record.address ?? composeAddress(record) };
}

function refusal(fault: FieldFault): FieldVerdict {
  return { ok: false, fault };
}

/** Masks first: whoever sent one has to go back to the source, whatever else is wrong. */
function rejection(faults: readonly FieldFault[]): RecordVerdict {
  const masks = faults.filter(({ code }) => code === "MASKED_VALUE_REJECTED");
  const others = faults.filter(({ code }) => code !== "MASKED_VALUE_REJECTED");
  const ordered = [...masks, ...others];
  return { ok: false, code: ordered[0]?.code ?? "VALIDATION_FAILED", faults: ordered };
}
