/** A string, or one of the characters that give a JSON text its structure. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/gs;

/**
 * The first member name that occurs twice in one object of a JSON text, or null. `JSON.parse` keeps
 * the last of two silently, so that two readers of one text can disagree about what it says.
 * The text must already have been parsed: this looks at names only.
 */
export function repeatedName(json: string): string | null {
  const open: (Set<string> | null)[] = [];
  let previous = "";
  for (const [token] of json.matchAll(TOKEN)) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(null);
    else if (token === "}" || token === "]") open.pop();
    else if (token === ":") {
      const name = JSON.parse(previous) as string;
      const names = open.at(-1);
      if (names?.has(name) === true) return name;
      names?.add(name);
    }
    previous = token;
  }
  return null;
}
