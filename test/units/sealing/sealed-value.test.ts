import { randomBytes } from "node:crypto";
import fc from "fast-check";
import type { CryptoVersion } from "../../../src/sealing/crypto-suites.ts";
import { newDataKey } from "../../../src/sealing/data-keys.ts";
import { SealedValueError, type SealedValueFault } from "../../../src/sealing/sealing-errors.ts";
import { keyVersionOf, open, seal, type SealedPlace } from "../../../src/sealing/sealed-value.ts";
import { LI_NA, WANG_WEI } from "../../support/sealing-world.ts";

const SECRET = "110101199003078515";

const place: SealedPlace = {
  key: newDataKey(),
  keyVersion: 1,
  table: "customer",
  column: "id_number",
  customerId: LI_NA,
};

const nonceOf = (sealed: Buffer) => sealed.subarray(3, 15).toString("hex");

function faultOf(act: () => unknown): SealedValueFault | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (!(error instanceof SealedValueError)) throw error;
    expect(error.message).not.toContain(SECRET);
    expect(error.message).not.toContain(LI_NA);
    expect(error.cause).toBeUndefined();
    return error.fault;
  }
}

describe.each<{ cryptoVersion: CryptoVersion; suite: string }>([
  { cryptoVersion: 1, suite: "AES-256-GCM" },
  { cryptoVersion: 2, suite: "SM4-CTR with HMAC-SM3" },
])("a value sealed with $suite", ({ cryptoVersion }) => {
  const sealed = seal({ ...place, plaintext: SECRET, cryptoVersion });

  test("opens in its own place", () => {
    expect(open({ ...place, sealed })).toBe(SECRET);
  });

  test("names its suite and its key", () => {
    expect(sealed[0]).toBe(cryptoVersion);
    expect(
      keyVersionOf(seal({ ...place, keyVersion: 513, plaintext: SECRET, cryptoVersion })),
    ).toBe(513);
  });

  test("opens again whatever the text is", () => {
    const anyText = fc.string({ unit: "binary", maxLength: 80 });
    fc.assert(
      fc.property(anyText, (plaintext) => {
        expect(open({ ...place, sealed: seal({ ...place, plaintext, cryptoVersion }) })).toBe(
          plaintext,
        );
      }),
    );
  });

  test.each([
    ["another customer", { customerId: WANG_WEI }],
    ["another column", { column: "phone" }],
    ["another table", { table: "contact" }],
    ["another key", { key: newDataKey() }],
  ])("does not open for %s", (_, other) => {
    expect(faultOf(() => open({ ...place, ...other, sealed }))).toBe("NOT_AUTHENTIC");
  });

  test("does not open for another version of the key", () => {
    expect(faultOf(() => open({ ...place, keyVersion: 2, sealed }))).toBe("OTHER_KEY_VERSION");
  });

  test("does not open with any bit flipped", () => {
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const altered = Buffer.from(sealed);
      altered.writeUInt8(altered.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(faultOf(() => open({ ...place, sealed: altered }))).toBeDefined();
    }
  });

  test("does not open when cut anywhere, or with something added", () => {
    for (let length = 0; length < sealed.length; length += 1) {
      expect(faultOf(() => open({ ...place, sealed: sealed.subarray(0, length) }))).toBeDefined();
    }
    expect(
      faultOf(() => open({ ...place, sealed: Buffer.concat([sealed, Buffer.alloc(1)]) })),
    ).toBe("NOT_AUTHENTIC");
  });

  test("does not open when it claims the other suite", () => {
    const relabelled = Buffer.from(sealed);
    relabelled[0] = 3 - cryptoVersion;
    expect(faultOf(() => open({ ...place, sealed: relabelled }))).toBe("NOT_AUTHENTIC");
  });

  test("is as long as that of any other text in the same blocks", () => {
    const lengthOf = (plaintext: string) => seal({ ...place, plaintext, cryptoVersion }).length;
    expect(lengthOf("王伟")).toBe(lengthOf("欧阳娜娜娜"));
    expect(lengthOf("")).toBe(lengthOf("x".repeat(15)));
    expect(lengthOf("x".repeat(16))).toBe(lengthOf("x") + 16);
  });
});

test("a hundred thousand values never share a nonce", () => {
  const nonces = new Set<string>();
  for (let count = 0; count < 100_000; count += 1)
    nonces.add(nonceOf(seal({ ...place, plaintext: "same" })));
  expect(nonces.size).toBe(100_000);
});

test("an unknown suite is refused by name", () => {
  const unknown = Buffer.concat([Buffer.of(9, 0, 1), randomBytes(60)]);
  expect(faultOf(() => open({ ...place, sealed: unknown }))).toBe("UNKNOWN_CRYPTO_VERSION");
});

test("text that UTF-8 can't carry is refused, not altered", () => {
  expect(faultOf(() => seal({ ...place, plaintext: "\ud83d" }))).toBe("ILL_FORMED_TEXT");
});

test("a name with a bar can't pretend to be another place", () => {
  expect(() => seal({ ...place, column: "id|number", plaintext: SECRET })).toThrow(
    "contains a bar",
  );
});
