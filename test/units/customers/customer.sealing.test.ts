import { freshSealingKeys, FULL_RECORD } from "../../support/customer-world.ts";
import {
  freshOrganisationKeys,
  TRANSFEREE,
  TRANSFEROR,
  WANG_WEI,
} from "../../support/sealing-world.ts";
import { fieldIn } from "../../../src/classification/catalog.ts";
import { storedColumnsOf } from "../../../src/classification/stored-columns.ts";
import {
  blindIndexesFor,
  CUSTOMER_TYPE,
  openField,
  sealFields,
  type SealingKeys,
} from "../../../src/customers/customer.sealing.ts";
import { valuesOf } from "../../../src/customers/customer-row.ts";
import { SealedValueError } from "../../../src/sealing/sealing-errors.ts";

const sealedFields = [...CUSTOMER_TYPE.fields.values()].filter(({ isSealed }) => isSealed);
const FULL_VALUES = valuesOf(FULL_RECORD);
const valueOf = (name: string): string | null => FULL_VALUES[name] ?? null;

let keys: SealingKeys;
beforeAll(async () => {
  keys = await freshSealingKeys();
});

test("the record of these tests has a value for every sealed field", () => {
  expect(sealedFields.filter(({ name }) => valueOf(name) == null)).toEqual([]);
  expect(sealedFields.length).toBeGreaterThan(20);
});

test.each(sealedFields)("$name is sealed, and opens to the same value", (field) => {
  const columns = sealFields({ values: FULL_VALUES, keys });
  const sealed = columns[storedColumnsOf(field).sealed ?? ""] as Buffer;
  expect(openField({ ...keys, field, sealed })).toBe(valueOf(field.name));
});

test.each(sealedFields)("$name does not open for another customer", (field) => {
  const columns = sealFields({ values: FULL_VALUES, keys });
  const sealed = columns[storedColumnsOf(field).sealed ?? ""] as Buffer;
  expect(() => openField({ ...keys, field, sealed, customerId: WANG_WEI })).toThrow(
    SealedValueError,
  );
});

test("no column holds a sealed value in clear", () => {
  const columns = sealFields({ values: FULL_VALUES, keys });
  const texts = Object.values(columns).filter((value) => typeof value === "string");
  const secrets = sealedFields.map(({ name }) => valueOf(name));
  expect(texts.filter((text) => secrets.includes(text))).toEqual([]);
});

test("PUBLIC fields lie in one clear column each", () => {
  const columns = sealFields({ values: { fullName: "李娜", phone: "+8613812345678" }, keys });
  expect(columns).toEqual({ full_name: "李娜", phone: "+8613812345678" });
});

test("renderings below CLEAR lie beside the ciphertext", () => {
  expect(sealFields({ values: FULL_VALUES, keys })).toMatchObject({
    id_type_coarse: "DOMESTIC",
    id_number_partial: "1****************X",
    birth_date_coarse: "1949-XX-XX",
    bank_account_partial: "************0003",
    purchase_total_coarse: "10000..50000",
    order_count_coarse: "10..50",
    preferences_coarse: "LEISURE",
    health_status_coarse: "CARDIOVASCULAR",
    guardian_name_partial: "李**",
    guardian_phone_partial: "+86 137****5678",
  });
});

test("a rendering may depend on a sibling that is not being written", () => {
  const values = { idNumber: "C01X0006H" };
  const foreign = sealFields({ values, siblings: { idType: "PASSPORT" }, keys });
  expect(foreign["id_number_partial"]).toBe("********6H");
  expect(foreign).not.toHaveProperty("id_type_sealed");
});

test("an empty field empties every column of it", () => {
  expect(sealFields({ values: { idNumber: null }, keys })).toEqual({
    id_number_sealed: null,
    id_number_partial: null,
    id_number_index: null,
  });
});

test("what is no guarded field is not written", () => {
  expect(
    sealFields({ values: { street: "湖滨南路", constructor: "x", idNumber: undefined }, keys }),
  ).toEqual({});
});

test("equal values have equal blind indexes under one organisation and other ones elsewhere", async () => {
  const organisationKeys = await freshOrganisationKeys();
  const field = fieldIn(CUSTOMER_TYPE, "idNumber");
  const value = "11010519491231002X";
  const controllers = [TRANSFEROR, TRANSFEREE].map((id) => organisationKeys.newest(id));
  const [ours, theirs] = blindIndexesFor({ field, value, organisationKeys: controllers });
  const controller = organisationKeys.newest(TRANSFEROR);
  const columns = sealFields({ values: { idNumber: value }, keys: { ...keys, controller } });
  expect(columns["id_number_index"]).toEqual(ours);
  expect(theirs).not.toEqual(ours);
});
