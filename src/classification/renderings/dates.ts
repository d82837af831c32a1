import { FULL_DATE_MASK } from "../shape.ts";

const ISO_DATE = /^(\d{4})-\d{2}-\d{2}$/;

/** The year of a date in EDTF (ISO 8601-2), month and day unspecified: `1990-XX-XX`. */
export function renderYear(date: string): string {
  const match = ISO_DATE.exec(date);
  return match === null ? FULL_DATE_MASK : `${match[1]}-XX-XX`;
}
