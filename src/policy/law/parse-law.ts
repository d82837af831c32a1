import { createHash } from "node:crypto";
import { readIsoDate } from "../../lib/calendar-date.ts";
import { FACT_KEYS, LAW_KEYS, PLACE } from "../document-keys.ts";
import type { PolicyFile, Section } from "../document.ts";
import {
  BOUNDS,
  CONFIDENCES,
  FACT_NAMES,
  type FactName,
  factDefinition,
  TIME_UNITS,
} from "./facts.ts";
import { type DatedFact, type LawPack, type LawPacks, STRICTEST } from "./law-pack.ts";
import { readFactValue } from "./read-fact-value.ts";

/** The `law:` documents, checked against each other; undefined where there is none. */
export function lawPacksIn(
  documents: readonly Section[],
  files: readonly PolicyFile[],
): LawPacks | undefined {
  const sections = documents.filter((document) => document.has("law"));
  if (sections.length === 0) return undefined;
  const packs = new Map<string, LawPack>();
  for (const section of sections) {
    const pack = packIn(section, files);
    if (packs.has(pack.code)) section.fault(`The law "${pack.code}" is told twice.`, "law");
    else packs.set(pack.code, pack);
  }
  for (const section of sections) checkTogether(section, packs);
  return packs;
}

function packIn(section: Section, files: readonly PolicyFile[]): LawPack {
  section.allowOnly(LAW_KEYS);
  const code = section.text("law");
  return {
    code,
    about: section.text("about"),
    version: versionOf(files.find(({ name }) => name === section.file)?.text ?? ""),
    covers: code === STRICTEST ? noPlaces(section) : placesOf(section),
    buildsOn: section.has("builds-on") ? section.text("builds-on") : null,
    facts: factsOf(section.section("facts")),
    file: section.file,
    line: section.line,
  };
}

function versionOf(text: string): string {
  return createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex").slice(0, 12);
}

function noPlaces(section: Section): string[] {
  if (section.has("covers")) section.fault(`${STRICTEST} covers what no other does.`, "covers");
  return [];
}

function placesOf(section: Section): string[] {
  const places = section.value("covers");
  if (Array.isArray(places) && places.length > 0 && places.every(isPlace)) return places;
  section.fault('"covers" is a list of places, each with two capital letters.', "covers");
  return [];
}

function isPlace(word: unknown): word is string {
  return typeof word === "string" && PLACE.test(word);
}

function factsOf(section: Section | null): Map<FactName, DatedFact[]> {
  const facts = new Map<FactName, DatedFact[]>();
  if (section === null) return facts;
  section.allowOnly(FACT_NAMES);
  for (const name of FACT_NAMES) {
    const entries = section.sections(name).map((entry) => factIn(name, entry));
    if (section.has(name) && entries.length === 0) section.fault(`"${name}" is empty.`, name);
    const dates = entries.map(({ from }) => from ?? "");
    for (const date of new Set(dates.filter((one, at) => dates.indexOf(one) !== at)))
      section.fault(
        `"${name}" is said twice ${date === "" ? "for always" : `from ${date} on`}.`,
        name,
      );
    if (entries.length > 0) facts.set(name, entries.sort(latestFirst));
  }
  return facts;
}

function latestFirst(one: DatedFact, other: DatedFact): number {
  return (one.from ?? "") < (other.from ?? "") ? 1 : -1;
}

function factIn(name: FactName, section: Section): DatedFact {
  section.allowOnly(FACT_KEYS);
  const { kind } = factDefinition(name);
  if (kind !== "time" && section.has("unit") && section.value("unit") !== unitOf(kind))
    section.fault(`"${name}" is counted in ${unitOf(kind) ?? "nothing"}.`, "unit");
  if (kind !== "count" && section.has("bound"))
    section.fault(`"${name}" has no bound: it is no number of persons.`, "bound");
  return {
    name,
    value: readFactValue(name, section),
    unit: kind === "time" ? section.word("unit", TIME_UNITS) : null,
    bound: kind === "count" ? section.word("bound", BOUNDS) : null,
    from: dayIn(section),
    source: section.text("source"),
    confidence: section.word("confidence", CONFIDENCES) ?? "UNCHECKED",
    file: section.file,
    line: section.line,
  };
}

/** Unit in which a fact without a choice of units is given. */
function unitOf(kind: string): string | null {
  return { age: "years", count: "persons", percent: "percent" }[kind] ?? null;
}

function dayIn(section: Section): string | null {
  if (!section.has("effective-from")) return null;
  const day = String(section.value("effective-from"));
  if ("date" in readIsoDate(day)) return day;
  section.fault('"effective-from" is a day such as 2026-01-31.', "effective-from");
  return null;
}

function checkTogether(section: Section, packs: LawPacks): void {
  const pack = packs.get(section.text("law"));
  if (pack === undefined) return;
  if (pack.buildsOn !== null) section.word("builds-on", others(pack.code, packs));
  for (const other of packs.values()) {
    if (other.code >= pack.code) continue;
    for (const place of pack.covers.filter((one) => other.covers.includes(one)))
      section.fault(`${place} is covered by ${other.code} already.`, "covers");
  }
  if (comesBackTo(pack, packs)) section.fault("A pack can't build on itself.", "builds-on");
  if (pack.code === STRICTEST) checkStrictest(section, pack);
  else if (!packs.has(STRICTEST))
    section.fault(`There is no law pack ${STRICTEST} to fall back on.`);
}

function others(code: string, packs: LawPacks): string[] {
  return [...packs.keys()].filter((other) => other !== code && other !== STRICTEST);
}

function comesBackTo(pack: LawPack, packs: LawPacks): boolean {
  const seen = new Set([pack.code]);
  let next = pack.buildsOn;
  while (next !== null) {
    if (seen.has(next)) return true;
    seen.add(next);
    next = packs.get(next)?.buildsOn ?? null;
  }
  return false;
}

/** What no pack says would be a gap at run time, so the last one says everything, and always. */
function checkStrictest(section: Section, pack: LawPack): void {
  for (const name of FACT_NAMES) {
    if (factDefinition(name).optional) continue;
    if (pack.facts.get(name)?.some(({ from }) => from === null)) continue;
    section.fault(`${STRICTEST} must say "${name}" without "effective-from".`, "facts");
  }
}
