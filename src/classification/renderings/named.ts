import type { RecordView, Rendering } from "../rendering.ts";
import { FULL_MASK } from "../shape.ts";
import { renderEmail, renderPhone, renderPhoneCountry } from "./contact.ts";
import { renderYear } from "./dates.ts";
import {
  renderDocumentGroup,
  renderHealthGroup,
  renderPreferenceGroup,
  renderProvince,
} from "./groups.ts";
import { renderFirstAndLast, renderLastFour, renderLastThree, renderLastTwo } from "./numbers.ts";
import { renderPersonName } from "./person-name.ts";
import { renderAmountRange, renderCountRange } from "./ranges.ts";

/** Family name, or initials. */
export const personName: Rendering = {
  name: "personName",
  example: "张**",
  reads: ["kind"],
  render: (value, record) =>
    record["kind"] === "ORGANISATION" ? renderOrganisationName(value) : renderPersonName(value),
};

/** Family name or initials of somebody who is a person whatever the customer is. */
export const naturalPersonName: Rendering = {
  name: "naturalPersonName",
  example: "张**",
  render: renderPersonName,
};

/** Country code, first three and last four digits. */
export const phone: Rendering = {
  name: "phone",
  example: "+86 138****5678",
  render: renderPhone,
};

/** Country code only. */
export const phoneCountry: Rendering = {
  name: "phoneCountry",
  example: "+86 ***********",
  render: renderPhoneCountry,
};

/** First character and, where it is a large shared one, the domain. */
export const email: Rendering = {
  name: "email",
  example: "z***@example.com",
  render: renderEmail,
};

/** Province and city of an address. */
export const regionOfAddress: Rendering = {
  name: "regionOfAddress",
  example: "福建省 厦门市",
  reads: ["region"],
  render: (_value, record) => textOf(record, "region"),
};

/** Province of a region. */
export const province: Rendering = {
  name: "province",
  example: "福建省",
  render: renderProvince,
};

/** First and last character at the length of a resident number; other documents their last two. */
export const identityNumber: Rendering = {
  name: "identityNumber",
  example: "1****************X",
  render: (value, record) =>
    record["idType"] === "CN_RESIDENT_ID" ? renderFirstAndLast(value) : renderLastTwo(value),
};

/** First and last character of a number that a register gave out. */
export const registerNumber: Rendering = {
  name: "registerNumber",
  example: "9****************Q",
  render: renderFirstAndLast,
};

/** Whether a document is domestic or foreign. */
export const documentGroup: Rendering = {
  name: "documentGroup",
  example: "DOMESTIC",
  render: renderDocumentGroup,
};

/** Year of a date. */
export const year: Rendering = { name: "year", example: "1990-XX-XX", render: renderYear };

/** Last four digits. */
export const lastFour: Rendering = {
  name: "lastFour",
  example: "************5678",
  render: renderLastFour,
};

/** Last three characters. */
export const lastThree: Rendering = {
  name: "lastThree",
  example: "*******001",
  render: renderLastThree,
};

/** Range of an amount. */
export const amountRange: Rendering = {
  name: "amountRange",
  example: "10000..50000",
  render: renderAmountRange,
};

/** Range of a count. */
export const countRange: Rendering = {
  name: "countRange",
  example: "10..50",
  render: renderCountRange,
};

/** Group of a health condition. */
export const healthGroup: Rendering = {
  name: "healthGroup",
  example: "METABOLIC",
  render: renderHealthGroup,
};

/** Group of a preference. */
export const preferenceGroup: Rendering = {
  name: "preferenceGroup",
  example: "LEISURE",
  render: renderPreferenceGroup,
};

/** A company has no family name; its first two characters and a fixed tail. */
function renderOrganisationName(name: string): string {
  const characters = Array.from(name.trim());
  return characters.length < 5 ? FULL_MASK : `${characters.slice(0, 2).join("")}****`;
}

function textOf(record: RecordView, field: string): string {
  const value = record[field];
  return typeof value === "string" && value !== "" ? value : FULL_MASK;
}
