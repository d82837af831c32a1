import fc from "fast-check";
import { CUSTOMER_FIELDS, type CustomerField } from "../../src/customers/customer-record.ts";
import { validateField } from "../../src/customers/customer.validation.ts";
import { looksMasked } from "../../src/lib/looks-masked.ts";
import { propertyRuns } from "../support/runs.ts";

const digits = fc.stringMatching(/^[+]?[0-9０-９ /.-]{1,24}$/);
const codes = fc.stringMatching(/^[A-Za-z0-9ß×x*-]{1,20}$/);
const mails = fc.emailAddress();
const anyText = fc.oneof(
  digits,
  codes,
  mails,
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
);
const siblings = fc.constantFrom(
  {},
  { idType: "PASSPORT", accountKind: "ACCOUNT" },
  { idType: "CN_RESIDENT_ID", accountKind: "CARD" },
  { idType: "HK_MACAU_TAIWAN_PERMIT" },
);
const anyField = fc.constantFrom<CustomerField>(...CUSTOMER_FIELDS);

test("the stored form of a value is its own stored form", () => {
  fc.assert(
    fc.property(anyField, anyText, siblings, (field, value, known) => {
      const first = validateField({ field, value, siblings: known });
      if (!first.ok || first.value === null) return;
      expect(validateField({ field, value: first.value, siblings: known })).toMatchObject({
        ok: true,
        value: first.value,
      });
    }),
    { numRuns: propertyRuns(3_000) },
  );
});

test("nothing that looks masked is ever stored", () => {
  fc.assert(
    fc.property(
      anyField,
      anyText,
      fc.constantFrom("**", "****", "••", "＊＊"),
      (field, value, mask) => {
        const masked = `${value.slice(0, 3)}${mask}${value.slice(-4)}`;
        fc.pre(looksMasked(masked));
        expect(validateField({ field, value: masked })).toMatchObject({
          ok: false,
          fault: { code: "MASKED_VALUE_REJECTED" },
        });
      },
    ),
    { numRuns: propertyRuns(1_000) },
  );
});
