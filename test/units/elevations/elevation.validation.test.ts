import { readFieldNames, readMinutes } from "../../../src/elevations/elevation.validation.ts";
import { readText } from "../../../src/graphql/read-text.ts";

const refusalOf = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    return error;
  }
};

test.each([0, -1, 61, 1.5, Number.NaN, Infinity])("%p minutes are refused", (minutes) => {
  expect(refusalOf(() => readMinutes(minutes, 60))).toMatchObject({
    code: "VALIDATION_FAILED",
    extras: { field: "minutes", max: 60 },
  });
});

test.each([1, 60])("%p minutes are taken", (minutes) => {
  expect(readMinutes(minutes, 60)).toBe(minutes);
});

test.each([undefined, null, "", "   ", "...", "12"])("%p is no reason", (text) => {
  expect(refusalOf(() => readText("reason", text))).toMatchObject({ code: "REASON_REQUIRED" });
});

test.each([
  ["call +8613800135678 back", "VALIDATION_FAILED"],
  ["mail zhang@example.com", "VALIDATION_FAILED"],
  ["x".repeat(501), "VALIDATION_FAILED"],
  ["a\u0000b", "VALIDATION_FAILED"],
  ["a\ud800", "VALIDATION_FAILED"],
  ["compare 138****5678", "MASKED_VALUE_REJECTED"],
])(
  "a text with a value in it, or that can't be kept, is refused without being repeated",
  (text, code) => {
    const refusal = refusalOf(() => readText("reason", text));
    expect(refusal).toMatchObject({ code });
    expect(JSON.stringify((refusal as { extras: unknown }).extras)).not.toContain(text);
  },
);

test("a reason may name cases and articles", () => {
  expect(readText("reason", " RIGHTS-2026-001, PIPL Art. 45\n")).toBe(
    "RIGHTS-2026-001, PIPL Art. 45",
  );
});

test.each([
  [[], "required"],
  [["phone", "phone"], "repeated"],
  [["phone", "__proto__"], "unknown"],
])("the fields %j are refused as %s, without being repeated", (fields, fault) => {
  expect(refusalOf(() => readFieldNames(fields, new Set(["phone"])))).toMatchObject({
    code: "VALIDATION_FAILED",
    extras: { field: "fields", fault },
  });
});
