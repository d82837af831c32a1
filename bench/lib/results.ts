/** One section as it was measured, with when and on what. */
export interface MeasuredSection {
  readonly figures: unknown;
  readonly at: string;
  readonly commit: string;
  readonly size: string;
  readonly rounds: number;
  readonly seconds: number;
  readonly loadBefore: number;
  readonly loadAfter: number;
}

/** Everything that was measured, as it is kept between runs. */
export interface Results {
  readonly machine: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, number>>;
  readonly sections: Readonly<Record<string, MeasuredSection>>;
}

/** One round of one target; see `run/rounds.ts`. */
export interface RoundFigures {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpuUs: number;
  readonly allocatedBytes: number;
  readonly databaseCpuUs: number;
  readonly answerBytes: number;
  readonly refused: number;
}

/** Rounds of a workload by who answered. */
export interface WorkloadResult {
  readonly name: string;
  readonly title: string;
  readonly connections: number;
  readonly rounds: Readonly<Record<string, readonly RoundFigures[]>>;
  readonly sameAnswer: Readonly<Record<string, boolean | null>>;
}

/** A size that grew, and its rounds. */
export interface GrownResult {
  readonly size: number;
  readonly rounds: readonly RoundFigures[];
}

/** The figures of a section, or null where it was not measured. */
export function figuresOf<Figures>(results: Results, name: string): Figures | null {
  return (results.sections[name]?.figures as Figures | undefined) ?? null;
}

/** One column of rounds. */
export function column(
  rounds: readonly RoundFigures[] | undefined,
  part: keyof RoundFigures,
): number[] {
  return (rounds ?? []).map((round) => round[part]);
}

/** A workload's rounds of one who answered, one column of them. */
export function columnOf(
  results: Results,
  { workload, peer, part }: { workload: string; peer: string; part: keyof RoundFigures },
): number[] {
  return column(figuresOf<WorkloadResult>(results, workload)?.rounds[peer], part);
}
