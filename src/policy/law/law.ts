import { invariant } from "../../lib/invariant.ts";
import type { Policy } from "../rule.ts";
import {
  type Bound,
  FACT_NAMES,
  type FactName,
  type FactOf,
  factDefinition,
  type TimeUnit,
} from "./facts.ts";
import { factText } from "./law-text.ts";
import { type DatedFact, type LawPack, type LawPacks, STRICTEST } from "./law-pack.ts";

/** A length of time as a law gives it. */
export interface LegalTime {
  readonly value: number;
  readonly unit: TimeUnit;
}

/** A number of persons from which something holds. */
export interface Threshold {
  readonly persons: number;
  readonly bound: Bound;
}

/** A fact with the pack that says it. */
export interface FactInForce extends DatedFact {
  readonly pack: string;
}

/** A fact as people read it. */
export interface LawStatement extends FactInForce {
  readonly about: string;
  readonly text: string;
}

/** What the law of one jurisdiction says at one time; every number has a source. */
export class Law {
  readonly jurisdiction: string;
  /** The pack of the jurisdiction, then those that say what it leaves unsaid. */
  readonly packs: readonly LawPack[];
  readonly #day: string;

  constructor(from: { jurisdiction: string; packs: readonly LawPack[]; at: Date }) {
    this.jurisdiction = from.jurisdiction;
    this.packs = from.packs;
    this.#day = from.at.toISOString().slice(0, 10);
  }

  /** The fact with its source, or null where the law says nothing and need not. */
  fact(name: FactName): FactInForce | null {
    const found = this.#find(name);
    invariant(found !== null || factDefinition(name).optional, `no law pack says "${name}"`);
    return found;
  }

  /** Whether one of the packs has an entry that holds. */
  says(name: FactName): boolean {
    return this.#find(name) !== null;
  }

  /** Completed years of life. */
  age(name: FactOf<"age">): number {
    return this.fact(name)?.value as number;
  }

  /** Null where this law sets none. */
  time(name: FactOf<"time">): LegalTime | null {
    const fact = this.fact(name);
    return fact === null ? null : { value: fact.value as number, unit: fact.unit as TimeUnit };
  }

  /** Null where this law sets none. */
  threshold(name: FactOf<"count">): Threshold | null {
    const fact = this.fact(name);
    if (fact === null) return null;
    return { persons: fact.value as number, bound: fact.bound as Bound };
  }

  /** Places (ISO 3166-1 alpha-2), legal tags. */
  list(name: FactOf<"places" | "tags">): readonly string[] {
    return this.fact(name)?.value as readonly string[];
  }

  holds(name: FactOf<"flag">): boolean {
    return this.fact(name)?.value === true;
  }

  word(name: FactOf<"word">): string {
    return this.fact(name)?.value as string;
  }

  percent(name: FactOf<"percent">): number {
    return this.fact(name)?.value as number;
  }

  #find(name: FactName): FactInForce | null {
    for (const { code, facts } of this.packs) {
      const found = facts.get(name)?.find(({ from }) => from === null || from <= this.#day);
      if (found !== undefined) return { ...found, pack: code };
    }
    return null;
  }
}

/**
 * The law of a jurisdiction at a time. A jurisdiction that no pack covers has the strictest one, and
 * so does a policy's every jurisdiction for what its own packs leave unsaid.
 *
 * @param at UTC; a fact holds from the beginning of its first day in UTC
 */
export function lawOf(policy: Pick<Policy, "law">, jurisdiction: string, at: Date): Law {
  const { law } = policy;
  invariant(law !== undefined, "the policy has no law packs");
  return new Law({ jurisdiction, packs: packsFor(law, jurisdiction), at });
}

/** The entries of one pack that hold at a time, as people read them; what it leaves unsaid is left out. */
export function statementsOf(pack: LawPack, at: Date): LawStatement[] {
  const alone = new Law({ jurisdiction: pack.code, packs: [pack], at });
  return FACT_NAMES.filter((name) => alone.says(name)).flatMap((name) => {
    const fact = alone.fact(name);
    return fact === null
      ? []
      : [{ ...fact, about: factDefinition(name).about, text: factText(fact) }];
  });
}

/** Whether a number of persons reaches a threshold; one that no law sets is never reached. */
export function reaches(persons: number, threshold: Threshold | null): boolean {
  if (threshold === null) return false;
  return threshold.bound === "INCLUDED"
    ? persons >= threshold.persons
    : persons > threshold.persons;
}

function packsFor(law: LawPacks, jurisdiction: string): LawPack[] {
  const chain: LawPack[] = [];
  let pack = [...law.values()].find(({ covers }) => covers.includes(jurisdiction));
  while (pack !== undefined && !chain.includes(pack)) {
    chain.push(pack);
    pack = pack.buildsOn === null ? undefined : law.get(pack.buildsOn);
  }
  const strictest = law.get(STRICTEST);
  invariant(strictest !== undefined, `there is no law pack ${STRICTEST}`);
  return [...chain.filter((one) => one !== strictest), strictest];
}
