import { hkdfSync, randomBytes } from "node:crypto";
import fc from "fast-check";
import { deriveKey, secretKeyFrom } from "../../../src/sealing/secret-key.ts";

test("a derived key is the one of HKDF, the first time and again", () => {
  const anyInfo = fc.string({ unit: "binary", maxLength: 120 });
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 80 }), anyInfo, (bytes, info) => {
      const from = secretKeyFrom(Buffer.from(bytes));
      const expected = Buffer.from(hkdfSync("sha256", from, Buffer.alloc(0), info, 32));
      expect(deriveKey({ from, info }).export()).toEqual(expected);
      expect(deriveKey({ from, info }).export()).toEqual(expected);
    }),
  );
});

test("keys for different uses have nothing in common", () => {
  const from = secretKeyFrom(randomBytes(32));
  const [one, other] = ["wrap", "index"].map((info) => deriveKey({ from, info }).export());
  expect(one).not.toEqual(other);
});
