import { loadCatalog } from "../catalog.ts";
import type { Catalog } from "../classification/catalog.ts";
import { type Config, loadConfig } from "../config.ts";
import { openDatabase } from "../database/open-database.ts";
import { createPolicyVersions, type PolicyVersions } from "../database/policy-versions.ts";
import { createPrincipalDirectory } from "../database/principal-directory.ts";
import { PublicError } from "../errors.ts";
import { supposedCallerOf } from "../identity/caller-of.ts";
import type { PrincipalRecord } from "../identity/principal-directory.ts";
import { BootError } from "../lib/boot-error.ts";
import { PolicyEngine } from "../policy/decisions.ts";
import { digestOf, readPolicyFiles } from "../policy/document.ts";
import { PolicyFaults } from "../policy/fault.ts";
import { loadPolicy } from "../policy/load.ts";
import { type Policy, POLICY_SUBJECT, type PolicyVerb } from "../policy/rule.ts";
import { createPolicyTester } from "../policy-tester.ts";
import type { StepWorld } from "../policy-versions/steps.ts";
import { textOfRefusal } from "./policy-refusals.ts";

/** Exit code where a rule refuses: who it is, four eyes, or the state of the version. */
const REFUSED = 2;

/**
 * Does something with the stored versions in the name of a principal whom the policy lets. What a
 * rule refuses is told in words, with an exit code of its own.
 */
export async function atPolicyDesk(
  { as, verb }: { as: string; verb: PolicyVerb },
  work: (world: StepWorld) => Promise<void>,
): Promise<void> {
  const config = loadConfig();
  const database = await openDatabase(config, { mayShare: true });
  try {
    const catalog = loadCatalog();
    const versions = createPolicyVersions(database.pool);
    const now = new Date();
    const record = await createPrincipalDirectory(database.pool).findByIdOrName(as);
    if (record === null || !mayCall(record))
      throw new BootError(
        `There is no one active person "${as}": give an id, or a name that is one person's alone.`,
      );
    const policy = await decidingPolicy({ config, catalog, versions });
    if (!hasVerb({ policy, catalog, record, verb, now })) return refuse(textOfRefusal("FORBIDDEN"));
    const tester = createPolicyTester(config.policyCasesDir);
    await work({
      versions,
      catalog,
      tester,
      by: record.id,
      via: "COMMAND",
      now,
      clientMutationId: null,
    });
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    refuse(textOfRefusal(error.code));
  } finally {
    await database.close();
  }
}

function refuse(text: string): void {
  process.stderr.write(`${text}\n`);
  process.exitCode = REFUSED;
}

function mayCall({ kind, state, organisation }: PrincipalRecord): boolean {
  return kind === "PERSON" && state === "ACTIVE" && organisation.state === "ACTIVE";
}

/**
 * The ACTIVE version; the documents of this release where it can't be loaded, so that the operator's
 * people, and still two of them, can put a sound one into force.
 */
async function decidingPolicy({
  config,
  catalog,
  versions,
}: {
  config: Config;
  catalog: Catalog;
  versions: PolicyVersions;
}): Promise<Policy> {
  const active = await versions.active();
  try {
    if (active !== null && digestOf(active.documents) === active.digest)
      return loadPolicy(active.documents, catalog);
  } catch (error) {
    if (!(error instanceof PolicyFaults)) throw error;
    process.stderr.write(`${error.message}\n`);
  }
  process.stderr.write(
    "There is no active version, or it can't be loaded by this release: the documents of its policy folder decide who may do this.\n",
  );
  return loadPolicy(readPolicyFiles(config.policyDir), catalog);
}

/**
 * Whether a principal has a verb for any purpose. A shell has neither token nor second factor; who
 * may use it on this machine is for the operator to say, so one is supposed.
 */
function hasVerb(asked: {
  policy: Policy;
  catalog: Catalog;
  record: PrincipalRecord;
  verb: PolicyVerb;
  now: Date;
}): boolean {
  const { policy, catalog, record, verb, now } = asked;
  const engine = new PolicyEngine({ policy, catalog });
  return [...policy.purposes.keys()].some((purpose) =>
    engine
      .decisionsFor(supposedCallerOf({ record, purpose, mfa: true, now }), now)
      .mayEver(verb, POLICY_SUBJECT),
  );
}
