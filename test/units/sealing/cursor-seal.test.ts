import fc from "fast-check";
import { openCursor, sealCursor, type CursorBinding } from "../../../src/sealing/cursor-seal.ts";
import { newSecretKey } from "../../../src/sealing/secret-key.ts";

const key = newSecretKey();
const payload = '["2024-05-01","0197c000-0000-7000-8000-000000000001"]';
const binding: CursorBinding = {
  callerId: "cs-agent",
  purpose: "SERVICE_DELIVERY",
  type: "Customer",
  sort: "name:asc",
  filterDigest: "9f86d081",
  policyVersion: "sha256:2c26b46b",
};

class CursorRefused extends Error {}
const refusal = () => new CursorRefused("Cursor refused");
const cursor = sealCursor({ key, binding, payload });

test("a cursor opens under its own binding", () => {
  expect(openCursor({ key, binding, cursor, refusal })).toBe(payload);
});

test("a cursor opens again whatever its payload is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const sealed = sealCursor({ key, binding, payload: text });
      expect(openCursor({ key, binding, cursor: sealed, refusal })).toBe(text);
    }),
  );
});

test("equal pages have equal cursors; another payload or binding shares nothing, not even the nonce", () => {
  expect(sealCursor({ key, binding, payload })).toBe(cursor);
  const others = [
    sealCursor({ key, binding, payload: `${payload} ` }),
    sealCursor({ key, binding: { ...binding, callerId: "auditor" }, payload }),
    sealCursor({ key: newSecretKey(), binding, payload }),
  ];
  expect(new Set([cursor, ...others].map((text) => text.slice(0, 16))).size).toBe(4);
});

test.each(Object.keys(binding))("a cursor is refused with another %s", (part) => {
  const other = { ...binding, [part]: "other" };
  expect(() => openCursor({ key, binding: other, cursor, refusal })).toThrow(CursorRefused);
});

test("parts of the binding can't flow into one another", () => {
  const shifted = { ...binding, callerId: `${binding.callerId}","${binding.purpose}`, purpose: "" };
  expect(() => openCursor({ key, binding: shifted, cursor, refusal })).toThrow(CursorRefused);
});

test("a cursor is refused under another key", () => {
  expect(() => openCursor({ key: newSecretKey(), binding, cursor, refusal })).toThrow(
    CursorRefused,
  );
});

test("a cursor is refused with any character changed, cut or added", () => {
  for (let at = 0; at < cursor.length; at += 1) {
    const changed = cursor.slice(0, at) + (cursor[at] === "A" ? "B" : "A") + cursor.slice(at + 1);
    expect(() => openCursor({ key, binding, cursor: changed, refusal })).toThrow(CursorRefused);
    expect(() => openCursor({ key, binding, cursor: cursor.slice(0, at), refusal })).toThrow(
      CursorRefused,
    );
  }
  for (const odd of [`${cursor}=`, `${cursor}A`, ` ${cursor}`, `${cursor}!`, "👾", payload]) {
    expect(() => openCursor({ key, binding, cursor: odd, refusal })).toThrow(CursorRefused);
  }
});

test("a cursor's length does not tell short sort values apart", () => {
  const lengthOf = (text: string) => sealCursor({ key, binding, payload: text }).length;
  expect(lengthOf("王")).toBe(lengthOf("欧阳娜娜"));
});
