import { nonceSource } from "../../../src/sealing/nonces.ts";

test("a nonce is never given twice, over many blocks", () => {
  const freshNonce = nonceSource(12);
  const nonces = Array.from({ length: 5_000 }, () => freshNonce());
  expect(new Set(nonces.map((nonce) => nonce.toString("hex"))).size).toBe(5_000);
  expect(nonces.every(({ length }) => length === 12)).toBe(true);
});

test("a nonce that somebody keeps stays as it is", () => {
  const freshNonce = nonceSource(12);
  const kept = freshNonce();
  const text = kept.toString("hex");
  for (let drawn = 0; drawn < 2_000; drawn++) freshNonce();
  expect(kept.toString("hex")).toBe(text);
});
