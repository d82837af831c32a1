import type { MasterKey } from "../../../src/sealing/master-key.ts";
import {
  newOrganisationKey,
  rewrapOrganisationKey,
} from "../../../src/sealing/organisation-key.ts";
import { OrganisationKeys } from "../../../src/sealing/organisation-keys.ts";
import {
  KeyUnwrapError,
  MasterKeyError,
  OrganisationKeyMissingError,
} from "../../../src/sealing/sealing-errors.ts";
import { freshMasterKey, TRANSFEREE, TRANSFEROR } from "../../support/sealing-world.ts";

const masterKey = freshMasterKey();
const rowOf = (organisationId: string, keyVersion: number) =>
  newOrganisationKey({ masterKey, organisationId, keyVersion });
const ringOf = (...masterKeys: MasterKey[]) => new OrganisationKeys({ masterKeys });

test("the newest key is for new things, every version for old ones, whatever the order of rows", async () => {
  const keys = ringOf(masterKey);
  await keys.load([
    await rowOf(TRANSFEROR, 2),
    await rowOf(TRANSFEROR, 3),
    await rowOf(TRANSFEROR, 1),
  ]);
  expect(keys.newest(TRANSFEROR).keyVersion).toBe(3);
  expect(keys.version({ organisationId: TRANSFEROR, keyVersion: 1 }).keyVersion).toBe(1);
  expect(keys.versionsOf(TRANSFEROR).map(({ keyVersion }) => keyVersion)).toEqual([3, 2, 1]);
});

test("an unknown organisation or version is a missing key", async () => {
  const keys = ringOf(masterKey);
  await keys.load([await rowOf(TRANSFEROR, 1)]);
  expect(() => keys.newest(TRANSFEREE)).toThrow(OrganisationKeyMissingError);
  expect(() => keys.version({ organisationId: TRANSFEROR, keyVersion: 2 })).toThrow(
    OrganisationKeyMissingError,
  );
  expect(keys.versionsOf(TRANSFEREE)).toEqual([]);
});

test("an organisation's keys for wrapping, indexes and tokens are all different", async () => {
  const keys = ringOf(masterKey);
  await keys.load([await rowOf(TRANSFEROR, 1), await rowOf(TRANSFEREE, 1)]);
  const derived = [keys.newest(TRANSFEROR), keys.newest(TRANSFEREE)].flatMap(
    ({ wrapKey, indexKey, tokenKey }) =>
      [wrapKey, indexKey, tokenKey].map((key) => key.export().toString("hex")),
  );
  expect(new Set(derived).size).toBe(6);
});

test("loading again asks the master key for changed rows only, and forgets rows that are gone", async () => {
  let asked = 0;
  const counting: MasterKey = {
    ...masterKey,
    unwrap(request) {
      asked += 1;
      return masterKey.unwrap(request);
    },
  };
  const keys = ringOf(counting);
  const [first, second] = [await rowOf(TRANSFEROR, 1), await rowOf(TRANSFEREE, 1)];
  await keys.load([first]);
  await keys.load([first, second]);
  expect(asked).toBe(2);
  await keys.load([second]);
  expect(() => keys.newest(TRANSFEROR)).toThrow(OrganisationKeyMissingError);
});

test("a key pasted into the row of another organisation stops the load, and the former keys stay", async () => {
  const keys = ringOf(masterKey);
  const row = await rowOf(TRANSFEROR, 1);
  await keys.load([row]);
  await expect(keys.load([{ ...row, organisationId: TRANSFEREE }])).rejects.toThrow(KeyUnwrapError);
  expect(keys.newest(TRANSFEROR).keyVersion).toBe(1);
});

test("rows of another master key are named as such", async () => {
  const other = freshMasterKey();
  const row = await rowOf(TRANSFEROR, 1);
  await expect(ringOf(other).load([row])).rejects.toThrow(MasterKeyError);
  await expect(ringOf(other).load([row])).rejects.toThrow(
    `wrapped by master key ${masterKey.id}, but this process has`,
  );
});

test("a new master key takes over row by row, with the keys unchanged", async () => {
  const next = freshMasterKey();
  const row = await rowOf(TRANSFEROR, 1);
  const moved = await rewrapOrganisationKey({ row, from: masterKey, to: next });
  const [before, between, after] = [ringOf(masterKey), ringOf(masterKey, next), ringOf(next)];
  await before.load([row]);
  await between.load([moved, await rowOf(TRANSFEREE, 1)]);
  await after.load([moved]);
  const indexKey = before.newest(TRANSFEROR).indexKey;
  expect(between.newest(TRANSFEROR).indexKey.equals(indexKey)).toBe(true);
  expect(after.newest(TRANSFEROR).indexKey.equals(indexKey)).toBe(true);
});
