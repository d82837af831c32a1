import { typeIn } from "../classification/catalog.ts";
import { loadConfig } from "../config.ts";
import { batchesOf } from "../database/condition-counts.ts";
import { type LedgerOwner, ledgerOwners } from "../database/ledger-owners.ts";
import { openDatabase } from "../database/open-database.ts";
import { createReader, type Reader } from "../database/reader.ts";
import { ALWAYS } from "../policy/condition.ts";
import type { Comparison, FieldChange, PairChanges, RowChange } from "../policy/diff.ts";
import { type ChangedRows, conditionsToCount, CountsByCondition } from "../policy/diff-counts.ts";

/** On how many rows of each ledger things change. */
export interface LedgerCounts {
  readonly codes: readonly string[];
  inWords(change: FieldChange | RowChange): string;
  cellsOf(change: FieldChange | RowChange): string[];
  /** What the numbers mean. */
  readonly remark: string;
}

/**
 * Counts what changes on the ledgers of a database. An operator reads all of it anyway; small
 * numbers are left out all the same, because what a terminal shows is passed on.
 */
export async function countOnLedgers(
  { to, catalog }: Comparison,
  changes: readonly PairChanges[],
): Promise<LedgerCounts> {
  const started = performance.now();
  const floor = to.counts?.smallestGroup ?? Infinity;
  const database = await openDatabase(loadConfig(), { mayShare: true });
  try {
    const reader = createReader({ pool: database.pool, catalog });
    const owners = await ledgerOwners(database.pool);
    const counted = new Map<string, CountsByCondition>();
    for (const owner of owners) {
      const counts = await countLedger({ reader, catalog, owner, changes, floor });
      counted.set(owner.code, counts);
    }
    const seconds = ((performance.now() - started) / 1_000).toFixed(1);
    return inWordsOf({ owners, counted, floor, seconds });
  } finally {
    await database.close();
  }
}

async function countLedger({
  reader,
  catalog,
  owner,
  changes,
  floor,
}: {
  reader: Reader;
  catalog: Comparison["catalog"];
  owner: LedgerOwner;
  changes: readonly PairChanges[];
  floor: number;
}): Promise<CountsByCondition> {
  const counts = new CountsByCondition();
  for (const { type, among, conditions } of conditionsToCount(changes, owner.id)) {
    const request = { type: typeIn(catalog, type), visible: ALWAYS };
    for (const some of batchesOf(conditions)) {
      const counting = { conditions: some, among, floor, step: 1 };
      const counted = await reader.countConditions(request, counting);
      counts.add({ type, conditions: some }, { counts: counted });
    }
  }
  return counts;
}

function inWordsOf({
  owners,
  counted,
  floor,
  seconds,
}: {
  owners: readonly LedgerOwner[];
  counted: ReadonlyMap<string, CountsByCondition>;
  floor: number;
  seconds: string;
}): LedgerCounts {
  const number = (count: number | null): string =>
    count === null ? `<${floor}` : count.toLocaleString("en");
  const rowsOf = (change: FieldChange | RowChange): [string, ChangedRows | undefined][] =>
    owners.map(({ id, code }) => [code, counted.get(code)?.of(change, id)]);
  const told = ({ others, theirs }: ChangedRows): string => {
    if (theirs === undefined || theirs === others) return number(others);
    return others === 0
      ? `${number(theirs)} if theirs`
      : `${number(others)}, ${number(theirs)} if theirs`;
  };
  const hasSome = ({ others, theirs }: ChangedRows): boolean =>
    others !== 0 || (theirs ?? 0) !== 0 || theirs === null;
  return {
    codes: owners.map(({ code }) => code),
    inWords: (change) => {
      const some = rowsOf(change).filter(([, rows]) => rows !== undefined && hasSome(rows));
      const words = some.map(([code, rows]) => `${told(rows as ChangedRows)} rows of ${code}`);
      return words.length === 0 ? " on no row of today" : ` on ${words.join(", ")}`;
    },
    cellsOf: (change) => rowsOf(change).map(([, rows]) => (rows === undefined ? "" : told(rows))),
    remark: `Counted in ${seconds} s. "<${floor}" is told of fewer rows and of none alike; "if theirs" supposes that each row is the caller's own case or record.`,
  };
}
