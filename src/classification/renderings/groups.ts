import { FULL_MASK } from "../shape.ts";

/** Groups of conditions, coarse enough not to name one. The word is looked for anywhere in the text. */
const HEALTH_GROUPS: readonly (readonly [string, readonly string[]])[] = [
  ["NONE_REPORTED", ["无异常", "健康", "none", "healthy", "keine"]],
  ["METABOLIC", ["糖尿病", "甲状腺", "痛风", "diabetes", "thyroid", "gout"]],
  ["CARDIOVASCULAR", ["高血压", "冠心病", "心脏", "hypertension", "heart", "bluthochdruck"]],
  ["RESPIRATORY", ["哮喘", "肺", "asthma", "copd", "lung"]],
  ["REPRODUCTIVE", ["孕", "产", "pregnan", "schwanger"]],
  ["MENTAL", ["抑郁", "焦虑", "depress", "anxiety"]],
];

const PREFERENCE_GROUPS: readonly (readonly [string, readonly string[]])[] = [
  ["HOUSEHOLD", ["母婴", "家居", "baby", "home", "haushalt"]],
  ["TECHNOLOGY", ["数码", "电脑", "digital", "electronics", "technik"]],
  ["LEISURE", ["户外", "运动", "旅游", "outdoor", "sport", "travel", "reisen"]],
  ["CULTURE", ["图书", "音乐", "books", "music", "bücher"]],
];

/** The group of a health condition (`METABOLIC`), OTHER for what no group knows. */
export function renderHealthGroup(status: string): string {
  return groupOf(HEALTH_GROUPS, status);
}

/** The group of a shopping preference (`LEISURE`), OTHER for what no group knows. */
export function renderPreferenceGroup(preference: string): string {
  return groupOf(PREFERENCE_GROUPS, preference);
}

const DOMESTIC_DOCUMENTS = new Set(["CN_RESIDENT_ID", "HK_MACAU_TAIWAN_PERMIT"]);
const FOREIGN_DOCUMENTS = new Set(["PASSPORT", "FOREIGN_ID"]);

/** Whether a document was given out at home or abroad. */
export function renderDocumentGroup(idType: string): string {
  if (DOMESTIC_DOCUMENTS.has(idType)) return "DOMESTIC";
  return FOREIGN_DOCUMENTS.has(idType) ? "FOREIGN" : FULL_MASK;
}

/** The first part of a region `province city`: its province. */
export function renderProvince(region: string): string {
  return region.trim().split(/\s+/u)[0] || FULL_MASK;
}

function groupOf(groups: readonly (readonly [string, readonly string[]])[], text: string): string {
  const lowered = text.toLowerCase();
  const group = groups.find(([, words]) => words.some((word) => lowered.includes(word)));
  return group === undefined ? "OTHER" : group[0];
}
