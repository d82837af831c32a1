import { agesUnder } from "../../src/ages-under.ts";
import type { AgesIn } from "../../src/customers/age-limits.ts";
import { POLICY } from "./policy-world.ts";

/** The ages of our own law packs, as they hold in the tests. */
export const AGES: AgesIn = agesUnder(POLICY, new Date("2026-11-23T12:00:00Z"));
