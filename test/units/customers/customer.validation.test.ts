import { AGES } from "../../support/ages.ts";
import type { CustomerField } from "../../../src/customers/customer-record.ts";
import { validateField, validateRecord } from "../../../src/customers/customer.validation.ts";

const now = new Date("2025-06-01T12:00:00Z");
const person = { customerNo: "K1", kind: "INDIVIDUAL", fullName: "林一帆" };

describe("validateField", () => {
  test.each<[CustomerField, string, string, boolean]>([
    ["phone", "13812345678", "+8613812345678", false],
    ["phone", "+8613812345678", "+8613812345678", true],
    ["phone", " 138 1234-5678", "+8613812345678", true],
    ["phone", "１３８１２３４５６７８", "+8613812345678", true],
    ["phone", "\u202A13812345678\u202C", "+8613812345678", true],
    ["phone", "0086 13812345678", "+8613812345678", true],
    ["phone", "010-62345678", "+861062345678", true],
    ["phone", "+4930901820", "+4930901820", false],
    ["email", "Li.Si@Example.COM", "Li.Si@example.com", true],
    ["email", "li.si@example.com", "li.si@example.com", false],
    ["birthDate", "1992/1/3", "1992-01-03", true],
    ["birthDate", "1992年11月23日", "1992-11-23", true],
    ["birthDate", "1992/11/23 0:00:00", "1992-11-23", true],
    ["birthDate", "19921123", "1992-11-23", true],
    ["birthDate", "1992-11-23", "1992-11-23", false],
    ["purchaseTotal", "100", "100.00", false],
    ["purchaseTotal", "1,234,567.5", "1234567.50", true],
    ["purchaseTotal", "￥88.80元", "88.80", true],
    ["purchaseTotal", "007.10", "7.10", true],
    ["purchaseTotal", "9999999999999999.99", "9999999999999999.99", false],
    ["orderCount", "12", "12", false],
    ["kind", "individual", "INDIVIDUAL", false],
    ["uscc", "91310000ma1k000180", "91310000MA1K000180", true],
    ["fullName", "O’Brien, Seán", "O’Brien, Seán", false],
    ["fullName", "𠮷".repeat(100), "𠮷".repeat(100), false],
    ["fullName", "Se\u0061\u0301n", "Seán", true],
    ["preferences", "=cmd|'/C calc'!A0", "=cmd|'/C calc'!A0", false],
    ["nationality", "cn", "CN", true],
  ])("%s %j is kept as %j, normalised: %s", (field, value, stored, normalised) => {
    expect(validateField({ field, value })).toEqual({ ok: true, value: stored, normalised });
  });

  test.each<[CustomerField, string, string]>([
    ["phone", "12146793813", "format"],
    ["phone", "138123456789", "format"],
    ["phone", "13812345678 ext. 9", "format"],
    ["phone", "call 13812345678", "format"],
    ["phone", "110", "format"],
    ["email", "a@@b.cn", "format"],
    ["email", "li si@example.com", "format"],
    ["email", "not-an-email", "format"],
    ["email", `${"a".repeat(65)}@example.com`, "format"],
    ["email", `a@${"b".repeat(250)}.com`, "format"],
    ["birthDate", "2013-02-29", "noSuchDate"],
    ["birthDate", "3/4/2020", "format"],
    ["purchaseTotal", "-1", "format"],
    ["purchaseTotal", "1.234", "format"],
    ["purchaseTotal", "12,34.00", "format"],
    ["purchaseTotal", "10k-50k", "format"],
    ["uscc", "91350203M0001QAY9B", "checkDigit"],
    ["kind", "公司", "format"],
    ["fullName", "𠮷".repeat(101), "format"],
    ["fullName", "a\nb", "format"],
    ["fullName", "a\uFFFD", "format"],
    ["fullName", "a\uD800", "format"],
    ["fullName", "　", "required"],
    ["customerNo", "", "required"],
    ["customerNo", "K 1", "format"],
    ["bankAccount", "12345678901", "format"],
  ])("%s %j is refused: %s", (field, value, fault) => {
    expect(validateField({ field, value })).toEqual({
      ok: false,
      fault: { field, code: "VALIDATION_FAILED", fault },
    });
  });

  test.each<[CustomerField, string]>([
    ["phone", "138****5678"],
    ["fullName", "张*"],
    ["idNumber", "1****************X"],
    ["birthDate", "1990-XX-XX"],
    ["email", "z***@example.com"],
  ])("%s %j was masked before it came", (field, value) => {
    expect(validateField({ field, value })).toEqual({
      ok: false,
      fault: { field, code: "MASKED_VALUE_REJECTED", fault: null },
    });
  });

  test("no value is no fault where none is needed", () => {
    for (const value of ["", "  ", "　", null, undefined]) {
      expect(validateField({ field: "email", value })).toEqual({
        ok: true,
        value: null,
        normalised: false,
      });
    }
  });

  test.each([
    ["CN_RESIDENT_ID", "110101199003070011", true],
    ["CN_RESIDENT_ID", "C01X00T47", false],
    ["PASSPORT", "e12345678", true],
    ["PASSPORT", "E1", false],
    ["HK_MACAU_TAIWAN_PERMIT", "H12345678", true],
    ["HK_MACAU_TAIWAN_PERMIT", "X12345678", false],
    ["HK_MACAU_TAIWAN_PERMIT", "810000199003070015", true],
    ["HK_MACAU_TAIWAN_PERMIT", "810000199003070018", false],
    ["FOREIGN_ID", "CHN110199003070", true],
  ])("the form of an identity number follows its kind: %s %s", (idType, value, ok) => {
    expect(validateField({ field: "idNumber", value, siblings: { idType } }).ok).toBe(ok);
  });

  test("an account needs no Luhn digit, a card does", () => {
    const value = "123456789012";
    expect(
      validateField({ field: "bankAccount", value, siblings: { accountKind: "ACCOUNT" } }).ok,
    ).toBe(true);
    expect(
      validateField({ field: "bankAccount", value, siblings: { accountKind: "CARD" } }).ok,
    ).toBe(false);
  });

  test("numbers without a country belong to the default country", () => {
    expect(
      validateField({ field: "phone", value: "030 901820", defaultCountry: "DE" }),
    ).toMatchObject({
      value: "+4930901820",
    });
  });
});

describe("validateRecord", () => {
  const verdictOn = (fields: Partial<Record<CustomerField, string>>) =>
    validateRecord({ fields: { ...person, ...fields }, now, agesIn: AGES });

  test("composes the address and takes the birth date from the identity number", () => {
    const fields = {
      city: "厦门市",
      street: "解放路1号",
      idType: "CN_RESIDENT_ID",
      idNumber: "110101199003070011",
    };
    expect(verdictOn(fields)).toMatchObject({
      ok: true,
      record: { address: "厦门市解放路1号", birthDate: "1990-03-07", gender: null },
    });
  });

  test("names every fault, masks first", () => {
    expect(verdictOn({ email: "a@@b.cn", uscc: "9****************3" })).toMatchObject({
      code: "MASKED_VALUE_REJECTED",
      faults: [
        { field: "uscc", code: "MASKED_VALUE_REJECTED" },
        { field: "email", fault: "format" },
      ],
    });
  });

  test.each<[Partial<Record<CustomerField, string>>, CustomerField, string]>([
    [
      { idType: "CN_RESIDENT_ID", idNumber: "110101199003070011", birthDate: "1990-03-08" },
      "birthDate",
      "conflictsWithIdNumber",
    ],
    [{ idNumber: "110101199003070011" }, "idType", "required"],
    [{ bankAccount: "6217000010000000003" }, "accountKind", "required"],
    [{ birthDate: "2025-06-02" }, "birthDate", "inFuture"],
  ])("%j is refused at %s: %s", (fields, field, fault) => {
    expect(verdictOn(fields)).toMatchObject({
      code: "VALIDATION_FAILED",
      faults: [{ field, fault }],
    });
  });

  test("a gender that differs from the number is a warning", () => {
    const fields = { idType: "CN_RESIDENT_ID", idNumber: "110101199003070011", gender: "FEMALE" };
    expect(verdictOn(fields)).toMatchObject({
      ok: true,
      warnings: [{ field: "gender", warning: "conflictsWithIdNumber" }],
    });
  });

  test("a child under 14 needs a guardian until the birthday", () => {
    const guardian = { guardianName: "郑母" };
    expect(verdictOn({ birthDate: "2011-06-02" })).toMatchObject({
      code: "GUARDIAN_REQUIRED",
      faults: [{ field: "guardianName", code: "GUARDIAN_REQUIRED", fault: null }],
    });
    expect(verdictOn({ birthDate: "2011-06-02", ...guardian }).ok).toBe(true);
    expect(verdictOn({ birthDate: "2011-06-01" }).ok).toBe(true);
  });

  test("a child is known by the identity number alone", () => {
    const fields = { idType: "CN_RESIDENT_ID", idNumber: "310115201202290012" };
    expect(verdictOn(fields)).toMatchObject({ code: "GUARDIAN_REQUIRED" });
  });
});
