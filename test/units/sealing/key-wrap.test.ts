import { unwrapKey, wrapKey } from "../../../src/sealing/key-wrap.ts";
import { KeyUnwrapError } from "../../../src/sealing/sealing-errors.ts";
import { newSecretKey, secretKeyFrom } from "../../../src/sealing/secret-key.ts";

const keyOfHex = (hex: string) => secretKeyFrom(Buffer.from(hex, "hex"));

test("wrapping gives the vector of RFC 3394 section 4.6", () => {
  const key = keyOfHex("00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f");
  const under = keyOfHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  const wrapped = wrapKey({ key, under });
  expect(wrapped.toString("hex")).toBe(
    "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21",
  );
  expect(unwrapKey({ wrapped, under }).equals(key)).toBe(true);
});

test("another key does not unwrap", () => {
  const wrapped = wrapKey({ key: newSecretKey(), under: newSecretKey() });
  expect(() => unwrapKey({ wrapped, under: newSecretKey() })).toThrow(KeyUnwrapError);
});

test("making a key wipes the bytes it was made from, and printing it shows none", () => {
  const bytes = Buffer.alloc(32, 7);
  const key = secretKeyFrom(bytes);
  expect(bytes.equals(Buffer.alloc(32))).toBe(true);
  expect(key.export().equals(Buffer.alloc(32, 7))).toBe(true);
  expect(JSON.stringify({ key })).toBe('{"key":{}}');
});
