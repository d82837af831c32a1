import { ageOn } from "../../lib/age-on.ts";
import { type NationalId, readNationalId } from "../../lib/national-id.ts";
import type { CustomerField } from "../customer-record.ts";
import type { FieldFault, FieldWarning } from "./fault.ts";

/** Stored forms of the fields that must agree with each other. */
export type JointFields = Readonly<Partial<Record<CustomerField, string | null>>>;

/** What the fields of one customer say against each other. */
export interface Consistency {
  readonly faults: readonly FieldFault[];
  readonly warnings: readonly FieldWarning[];
  /** Date of birth as the record or else the identity number states it. */
  readonly birthDate: string | null;
}

/**
 * Judges what only several fields together can tell. `today` is a UTC day: it is never ahead of the
 * calendar in China, so nobody counts as older too early there. Below `guardianAge` (years) a record
 * names a guardian.
 */
export function checkConsistency({
  record,
  today,
  guardianAge,
}: {
  record: JointFields;
  today: string;
  guardianAge: number;
}): Consistency {
  const faults: FieldFault[] = [];
  const warnings: FieldWarning[] = [];
  const fail = (field: CustomerField, fault: FieldFault["fault"]): unknown =>
    faults.push({ field, code: "VALIDATION_FAILED", fault });

  // Without its kind, a number is checked against nothing: refuse instead of guessing.
  if (record.idNumber && !record.idType) fail("idType", "required");
  if (record.bankAccount && !record.accountKind) fail("accountKind", "required");

  const id = nationalIdOf(record);
  if (id && record.birthDate && id.birthDate !== record.birthDate)
    fail("birthDate", "conflictsWithIdNumber");
  if (id && contradicts(id, record.gender))
    warnings.push({ field: "gender", warning: "conflictsWithIdNumber" });
  if (id && !id.regionKnown) warnings.push({ field: "idNumber", warning: "unknownRegion" });

  const birthDate = record.birthDate ?? id?.birthDate ?? null;
  if (birthDate && birthDate > today) fail(record.birthDate ? "birthDate" : "idNumber", "inFuture");
  else if (birthDate && ageOn(birthDate, today) < guardianAge && !record.guardianName) {
    faults.push({ field: "guardianName", code: "GUARDIAN_REQUIRED", fault: null });
  }
  return { faults, warnings, birthDate };
}

function contradicts(id: NationalId, gender: string | null | undefined): boolean {
  return (gender === "MALE" || gender === "FEMALE") && gender !== id.gender;
}

function nationalIdOf({ idType, idNumber }: JointFields): NationalId | null {
  if (idType !== "CN_RESIDENT_ID" || !idNumber) return null;
  const reading = readNationalId(idNumber);
  return "id" in reading ? reading.id : null;
}
