import { exportKeysAt } from "../../../src/identity/caller-of.ts";
import type { MechanismReference } from "../../../src/identity/principal-directory.ts";
import type { Caller } from "../../../src/identity/caller.ts";
import { CS_AGENT, identityWorld, NOW, recordOf } from "../../support/identity-world.ts";
import { PublicError } from "../../../src/errors.ts";

const CONTROLLER = CS_AGENT.organisation.id;
const later = (ms: number): Date => new Date(NOW.getTime() + ms);

function mechanism(changes: Partial<MechanismReference> = {}): MechanismReference {
  return {
    controllerId: CONTROLLER,
    from: "CN",
    to: "SG",
    validFrom: later(-60_000),
    validTo: later(60_000),
    withdrawnAt: null,
    ...changes,
  };
}

test.each<[string, Partial<MechanismReference>, boolean]>([
  ["holds now", {}, true],
  ["begins now", { validFrom: NOW }, true],
  ["begins in a second", { validFrom: later(1_000) }, false],
  ["ends in a second", { validTo: later(1_000) }, true],
  ["ends now", { validTo: NOW }, false],
  ["ended a second ago", { validTo: later(-1_000) }, false],
  ["has no end", { validTo: null }, true],
  ["is withdrawn now", { withdrawnAt: NOW }, false],
  ["is withdrawn in a second", { withdrawnAt: later(1_000) }, true],
  ["leads elsewhere", { to: "HK" }, false],
])("a mechanism that %s", (_what, changes, holds) => {
  const mechanisms = [mechanism(changes)];
  const keys = exportKeysAt({ mechanisms, location: "SG", now: NOW });
  expect(keys).toEqual(holds ? [`CN/${CONTROLLER}`] : []);
  expect(exportKeysAt({ mechanisms, location: null, now: NOW })).toEqual([]);
});

async function callerWith(
  claims: Record<string, unknown>,
  location: string | null = "CN",
): Promise<Caller> {
  const record = recordOf("cs-agent", { location, mechanisms: [mechanism()] });
  const world = await identityWorld({ records: [record] });
  return world.identify(await world.sign(claims));
}

test("the token says where the caller is, else the record does, else nobody", async () => {
  expect(await callerWith({})).toMatchObject({ location: "CN", exportKeys: [] });
  expect(await callerWith({ location: "SG" })).toMatchObject({
    location: "SG",
    exportKeys: [`CN/${CONTROLLER}`],
  });
  expect(await callerWith({}, null)).toMatchObject({ location: null, exportKeys: [] });
  expect(await callerWith({ location: null }, "DE")).toMatchObject({ location: "DE" });
});

test("a place that does not exist is one from which nothing is at home", async () => {
  expect(await callerWith({ location: "ZZ" })).toMatchObject({ location: "ZZ", exportKeys: [] });
});

test.each([["cn"], [["CN"]], ["CHN"], [""], ["C N"], [" CN"], [86], [{ in: "CN" }], ["СN"]])(
  "a token whose location is %j is refused; no place is guessed",
  async (location) => {
    const refusal = await callerWith({ location }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(PublicError);
    expect(refusal).toMatchObject({ code: "UNAUTHENTICATED" });
  },
);
