import "reflect-metadata";
import { CUSTOMER_FIELDS, type CustomerRecord } from "../../src/customers/customer-record.ts";
import type { SealingKeys } from "../../src/customers/customer.sealing.ts";
import { newDataKey } from "../../src/sealing/data-keys.ts";
import { freshOrganisationKeys, LI_NA, TRANSFEROR } from "./sealing-world.ts";

/** A record in which every field has a value of its own. */
export const FULL_RECORD: CustomerRecord = {
  customerNo: "HR-000001",
  kind: "INDIVIDUAL",
  fullName: "李娜",
  phone: "+8613812345678",
  email: "li.na@example.com",
  province: "福建省",
  city: "厦门市",
  district: "思明区",
  street: "湖滨南路201号",
  address: "福建省厦门市思明区湖滨南路201号",
  birthDate: "1949-12-31",
  gender: "FEMALE",
  nationality: "CN",
  idType: "CN_RESIDENT_ID",
  idNumber: "11010519491231002X",
  bankName: "中国建设银行",
  accountKind: "CARD",
  bankAccount: "6217000010000000003",
  taxNo: "91110108551385082Q",
  incomeBand: "20-50万",
  creditInfo: "信用良好",
  purchaseTotal: "48620.50",
  orderCount: "37",
  preferences: "户外",
  tags: "老客户",
  healthStatus: "高血压",
  disability: "听力残疾三级",
  medication: "硝苯地平",
  maritalStatus: "丧偶",
  familyMembers: "独居",
  familyBackground: "教师家庭",
  guardianName: "李建国",
  guardianPhone: "+8613712345678",
  guardianRelation: "父亲",
  uscc: "91350100M000100Y43",
  legalRepresentative: "何秀英",
  contactPersons: "罗敏 采购部",
  marketingConsent: "GIVEN",
  recordedOn: "2019-03-11",
};

/** A record in which only the given fields have a value. */
export function recordWith(values: Partial<CustomerRecord>): CustomerRecord {
  const none = Object.fromEntries(CUSTOMER_FIELDS.map((field) => [field, null]));
  return {
    ...none,
    customerNo: "HR-1",
    kind: "INDIVIDUAL",
    fullName: "李娜",
    ...values,
  } as CustomerRecord;
}

/** Keys of a customer of the transferor. */
export async function freshSealingKeys(): Promise<SealingKeys> {
  const organisationKeys = await freshOrganisationKeys();
  const controller = organisationKeys.newest(TRANSFEROR);
  return { customerId: LI_NA, dataKey: newDataKey(), keyVersion: 1, controller };
}
