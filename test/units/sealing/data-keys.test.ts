import { DataKeyCache } from "../../../src/sealing/data-key-cache.ts";
import { rewrapDataKey, unwrapDataKey } from "../../../src/sealing/data-keys.ts";
import type { OrganisationKeys } from "../../../src/sealing/organisation-keys.ts";
import {
  KeyUnwrapError,
  OrganisationKeyMissingError,
} from "../../../src/sealing/sealing-errors.ts";
import { open, seal } from "../../../src/sealing/sealed-value.ts";
import {
  freshOrganisationKeys,
  LI_NA,
  TRANSFEREE,
  TRANSFEROR,
  WANG_WEI,
  wrappedKeyOf,
} from "../../support/sealing-world.ts";

const column = { keyVersion: 1, table: "customer", column: "phone", customerId: LI_NA };

let organisationKeys: OrganisationKeys;
beforeAll(async () => {
  organisationKeys = await freshOrganisationKeys();
});

const rowOf = (customerId: string) =>
  wrappedKeyOf({ customerId, controllerId: TRANSFEROR, organisationKeys });

describe("a wrapped data key", () => {
  test("does not unwrap for another organisation, customer or version", () => {
    const row = rowOf(LI_NA);
    for (const other of [
      { controllerId: TRANSFEREE },
      { customerId: WANG_WEI },
      { keyVersion: 2 },
    ]) {
      expect(() => unwrapDataKey({ row: { ...row, ...other }, organisationKeys })).toThrow(
        KeyUnwrapError,
      );
    }
  });

  test("does not unwrap when altered, cut or empty", () => {
    const row = rowOf(LI_NA);
    const altered = Buffer.from(row.wrappedKey);
    altered.writeUInt8(altered.readUInt8(20) ^ 1, 20);
    for (const wrappedKey of [altered, row.wrappedKey.subarray(0, -1), Buffer.alloc(0)]) {
      expect(() => unwrapDataKey({ row: { ...row, wrappedKey }, organisationKeys })).toThrow(
        KeyUnwrapError,
      );
    }
  });

  test("of an organisation without a key is a missing key", () => {
    const row = { ...rowOf(LI_NA), controllerId: "0197a000-0000-7000-8000-00000000dead" };
    expect(() => unwrapDataKey({ row, organisationKeys })).toThrow(OrganisationKeyMissingError);
  });
});

describe("after custody has moved", () => {
  test("the new controller opens what was sealed before, the former one does not", () => {
    const before = rowOf(LI_NA);
    const sealed = seal({
      ...column,
      key: unwrapDataKey({ row: before, organisationKeys }),
      plaintext: "+8613800138000",
    });
    const after = rewrapDataKey({ row: before, toOrganisationId: TRANSFEREE, organisationKeys });

    expect(after).toMatchObject({ customerId: LI_NA, controllerId: TRANSFEREE, keyVersion: 1 });
    expect(open({ ...column, key: unwrapDataKey({ row: after, organisationKeys }), sealed })).toBe(
      "+8613800138000",
    );
    const asFormerController = { ...after, controllerId: TRANSFEROR };
    expect(() => unwrapDataKey({ row: asFormerController, organisationKeys })).toThrow(
      KeyUnwrapError,
    );
  });
});

describe("the cache of data keys", () => {
  const cacheOf = (maxKeys: number) => new DataKeyCache({ organisationKeys, maxKeys });

  test("gives the same key object for an unchanged row", () => {
    const cache = cacheOf(10);
    const row = rowOf(LI_NA);
    expect(cache.keyOf({ ...row, wrappedKey: Buffer.from(row.wrappedKey) })).toBe(cache.keyOf(row));
  });

  test("does not answer a former controller from memory", () => {
    const cache = cacheOf(10);
    const before = rowOf(LI_NA);
    cache.keyOf(before);
    const after = rewrapDataKey({ row: before, toOrganisationId: TRANSFEREE, organisationKeys });
    expect(() => cache.keyOf({ ...after, controllerId: TRANSFEROR })).toThrow(KeyUnwrapError);
    expect(() => cache.keyOf({ ...before, controllerId: TRANSFEREE })).toThrow(KeyUnwrapError);
    expect(() => cache.keyOf({ ...before, keyVersion: 2 })).toThrow(KeyUnwrapError);
    expect(cache.keyOf(after).equals(cache.keyOf(before))).toBe(true);
  });

  test("stays within its bound and forgets what is dropped", () => {
    const cache = cacheOf(2);
    const row = rowOf(LI_NA);
    const first = cache.keyOf(row);
    cache.drop(LI_NA);
    expect(cache.size).toBe(0);
    expect(cache.keyOf(row)).not.toBe(first);
    for (const suffix of ["a", "b", "c"]) cache.keyOf(rowOf(`${LI_NA}${suffix}`));
    expect(cache.size).toBe(2);
    cache.clear();
    expect(cache.size).toBe(0);
  });
});
