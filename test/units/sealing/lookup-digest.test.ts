import { blindIndex } from "../../../src/sealing/blind-index.ts";
import { LOOKUP_DIGEST_BYTES, lookupDigest } from "../../../src/sealing/lookup-digest.ts";
import { newSecretKey } from "../../../src/sealing/secret-key.ts";

const key = newSecretKey();
const asked = { key, principalId: "one", subject: "value Customer.idNumber", value: "1234" };

test("is the same for the same caller, field and value, and for nothing else", () => {
  expect(lookupDigest(asked)).toEqual(lookupDigest({ ...asked }));
  const others = [
    { ...asked, principalId: "two" },
    { ...asked, subject: "value Customer.taxNo" },
    { ...asked, subject: "denied Customer.idNumber" },
    { ...asked, value: "1235" },
    { ...asked, principalId: 'one","value', subject: "Customer.idNumber" },
    { ...asked, key: newSecretKey() },
  ].map((other) => lookupDigest(other).toString("hex"));
  expect(new Set([...others, lookupDigest(asked).toString("hex")]).size).toBe(7);
});

test("is no blind index, even under the same key", () => {
  const { value } = asked;
  const index = blindIndex({ organisationIndexKey: key, column: "customer.id_number", value });
  expect(lookupDigest(asked)).toHaveLength(LOOKUP_DIGEST_BYTES);
  expect(lookupDigest(asked)).not.toEqual(index);
});
