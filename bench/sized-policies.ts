// Policies of any number of rules, made of those that the product is served with.

/** What is needed here of a checked policy; the build has the real type. */
export interface AnyPolicy {
  readonly version: string;
  readonly roles: ReadonlyMap<string, object>;
  readonly rules: readonly AnyRule[];
}

interface AnyRule {
  readonly id: string;
  readonly kind: string;
  readonly file: string;
  readonly caller: Template;
  readonly forEach?: unknown;
}

interface Template {
  readonly kind: string;
  readonly attribute?: string;
  readonly values?: unknown;
  readonly of?: unknown;
}

/** Roles of those for whom is measured. */
const ASKING = ["CS_AGENT", "DATA_SUBJECT"];

/**
 * A policy of so many rules as companies come by more of them: every stop and every rule that speaks to
 * a CS agent or a person is kept, and the others are those of further roles, which are copies of the product's own.
 */
export function ofRules(real: AnyPolicy, count: number): AnyPolicy {
  const isKept = ({ caller, kind }: AnyRule): boolean => {
    const roles = rolesIn(caller);
    return isStop(kind) || roles === null || ASKING.some((role) => roles.includes(role));
  };
  const kept = real.rules.filter(isKept);
  const others = real.rules.filter((rule) => !isKept(rule));
  const rules = [...kept];
  for (let copy = 0; rules.length < count; copy += 1) {
    const missing = others.slice(0, count - rules.length);
    rules.push(...(copy === 0 ? missing : missing.map((rule) => forRole(rule, copy))));
  }
  return { ...real, version: `${real.version} of ${count} rules`, rules: rules.slice(0, count) };
}

/**
 * A policy of so many rules that all speak to whoever asks, whatever their roles: the worst that
 * binding can meet. What refuses a whole request is left out, or there would be nothing to plan.
 */
export function allSpeaking(real: AnyPolicy, count: number): AnyPolicy {
  const speaking = real.rules.filter(({ kind, forEach }) => kind !== "refusal" && forEach == null);
  const rules = speaking.slice(0, count).map((rule) => ({ ...rule, caller: ALWAYS }));
  return { ...real, version: `${real.version} all speaking`, rules };
}

const ALWAYS: Template = { kind: "always", value: true } as Template;

function isStop(kind: string): boolean {
  return kind === "stop" || kind === "row-stop" || kind === "refusal";
}

function rolesIn({ kind, attribute, values, of }: Template): readonly string[] | null {
  if (kind === "overlaps" && attribute === "roles") return values as readonly string[];
  if (kind !== "all") return null;
  for (const part of of as readonly Template[]) {
    const roles = rolesIn(part);
    if (roles !== null) return roles;
  }
  return null;
}

function forRole(rule: AnyRule, copy: number): AnyRule {
  return { ...rule, id: `${rule.id}-${copy}`, caller: renamed(rule.caller, copy) };
}

function renamed(template: Template, copy: number): Template {
  const { kind, attribute, values, of } = template;
  if (kind === "all")
    return { ...template, of: (of as readonly Template[]).map((part) => renamed(part, copy)) };
  if (kind !== "overlaps" || attribute !== "roles") return template;
  return { ...template, values: (values as readonly string[]).map((role) => `${role}_${copy}`) };
}
