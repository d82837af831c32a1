import { ERRORS, isErrorCode, publicError } from "../../src/errors.ts";

const ENTRIES = Object.entries(ERRORS);

test.each(ENTRIES)("%s has a message, a meaning and an error status", (_code, entry) => {
  expect(entry.message).toMatch(/^[A-Z].*\.$/);
  expect(entry.meaning).toMatch(/^[A-Z].*\.$/);
  expect(entry.status).toBeGreaterThanOrEqual(400);
  expect(entry.status).toBeLessThan(600);
});

test("no message has a place for a value", () => {
  for (const [, { message }] of ENTRIES) expect(message).not.toMatch(/[%${}"`\d]/);
});

test("no two codes share a message", () => {
  expect(new Set(ENTRIES.map(([, { message }]) => message)).size).toBe(ENTRIES.length);
});

test("a public error carries its code, constant message, status and extras", () => {
  const error = publicError("FIELD_FILTER_FORBIDDEN", { field: "bankAccount" });
  expect(error).toMatchObject({
    code: "FIELD_FILTER_FORBIDDEN",
    message: ERRORS.FIELD_FILTER_FORBIDDEN.message,
    status: 403,
    extras: { field: "bankAccount" },
  });
});

test("only the table's own names are codes", () => {
  expect(isErrorCode("GONE")).toBe(true);
  expect(isErrorCode("toString")).toBe(false);
  expect(isErrorCode(undefined)).toBe(false);
});
