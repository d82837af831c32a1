import { directionOf } from "./diff.ts";
import type { ChangedDecision, DecisionsToJudge, SimulatedChange } from "./simulation.ts";

/** How many decisions change, which way. A decision that may go both ways counts for both. */
export interface ChangeCounts {
  wider: number;
  narrower: number;
}

/** One change of one decision, with whose it is. */
export interface ToldChange extends SimulatedChange {
  readonly asked: DecisionsToJudge;
  readonly decision: ChangedDecision;
}

/** Which changes are kept to be told; all of them are counted. */
export interface ToldPage {
  readonly offset: number;
  readonly first: number;
}

/** Counts what a judge finds, and keeps one page of it: a simulation may find millions of changes. */
export class SimulationTally {
  readonly #page: ToldPage;
  readonly all: ChangeCounts = { wider: 0, narrower: 0 };
  readonly byRole = new Map<string, ChangeCounts>();
  readonly byField = new Map<string, ChangeCounts>();
  /** What more is given in spite of, or what less is given for. */
  readonly byReason = new Map<string, ChangeCounts>();
  readonly told: ToldChange[] = [];
  decisions = 0;
  changed = 0;
  totalChanges = 0;

  constructor(page: ToldPage) {
    this.#page = page;
  }

  /** Decisions of which `add` hears the changed ones. */
  judged({ rows, fields }: DecisionsToJudge): void {
    this.decisions += rows.length * fields.length;
  }

  add(asked: DecisionsToJudge, decision: ChangedDecision): void {
    const { field, changes } = decision;
    this.changed += 1;
    const ways = new Set(changes.map(wayOf));
    const places = [
      this.all,
      ...asked.caller.roles.map((role) => countsAt(this.byRole, role)),
      countsAt(this.byField, field.name),
    ];
    for (const way of ways) for (const counts of places) counts[way] += 1;
    const reasons = changes.flatMap((change) =>
      reasonsFor(change).map((reason) => `${wayOf(change)} ${reason}`),
    );
    for (const each of new Set(reasons)) {
      const [way, reason = ""] = each.split(" ");
      countsAt(this.byReason, reason)[way as keyof ChangeCounts] += 1;
    }
    for (const change of changes) this.#keep({ ...change, asked, decision });
  }

  #keep(change: ToldChange): void {
    const { offset, first } = this.#page;
    if (this.totalChanges >= offset && this.told.length < first) this.told.push(change);
    this.totalChanges += 1;
  }
}

function wayOf(change: SimulatedChange): keyof ChangeCounts {
  return directionOf(change) === "WIDER" ? "wider" : "narrower";
}

function reasonsFor(change: SimulatedChange): readonly string[] {
  return wayOf(change) === "wider" ? change.reasonsBefore : change.reasonsAfter;
}

function countsAt(counts: Map<string, ChangeCounts>, name: string): ChangeCounts {
  const found = counts.get(name) ?? { wider: 0, narrower: 0 };
  counts.set(name, found);
  return found;
}
