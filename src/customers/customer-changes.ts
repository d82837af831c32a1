import { publicError } from "../errors.ts";
import { composeAddress } from "./compose-address.ts";
import type { AddressInput, UpdateCustomerInput } from "./customer-update.inputs.ts";
import { validateField } from "./customer.validation.ts";
import type { CustomerField } from "./customer-record.ts";

/** Fields that the mutation can change one by one, with their columns. */
const PLAIN_FIELDS = {
  fullName: "full_name",
  phone: "phone",
  email: "email",
  legalRepresentative: "legal_representative",
  contactPersons: "contact_persons",
} as const;

/** Guarded fields that an input touches, and the columns to write once they are permitted. */
export interface Changes {
  readonly fields: readonly string[];
  /** @throws VALIDATION_FAILED, MASKED_VALUE_REJECTED naming field and fault, never the value */
  readonly readColumns: () => Record<string, string | null>;
}

/**
 * Reads which fields an input wants to change. Values are judged only when the columns are asked
 * for, after permission: whoever may not write learns nothing about values.
 *
 * @throws VALIDATION_FAILED for an input without any change
 */
export function readChanges(input: UpdateCustomerInput): Changes {
  const plain = (Object.keys(PLAIN_FIELDS) as (keyof typeof PLAIN_FIELDS)[]).filter(
    (field) => input[field] !== undefined,
  );
  const withAddress = input.address !== undefined;
  const fields = [...plain, ...(withAddress ? ["address", "region"] : [])];
  if (fields.length === 0)
    throw publicError("VALIDATION_FAILED", { field: "input", fault: "required" });
  return {
    fields,
    readColumns: () => ({
      ...Object.fromEntries(
        plain.map((field) => [PLAIN_FIELDS[field], judged(field, input[field] ?? null)]),
      ),
      ...(withAddress ? addressColumns(input.address ?? null) : {}),
    }),
  };
}

function addressColumns(address: AddressInput | null): Record<string, string | null> {
  if (address === null) return { address: null, region: null, province: null };
  const parts = {
    province: judged("province", address.province),
    city: judged("city", address.city),
    district: judged("district", address.district ?? null),
    street: judged("street", address.street),
  };
  const region = [parts.province, parts.city].filter((part) => part !== null).join(" ");
  return { address: composeAddress(parts), region: region || null, province: parts.province };
}

function judged(field: CustomerField, value: string | null): string | null {
  const verdict = validateField({ field, value });
  if (verdict.ok) return verdict.value;
  const { code, fault } = verdict.fault;
  throw publicError(code, { field, ...(fault === null ? {} : { fault }) });
}
