#!/usr/bin/env python3
"""Verifies evidence of Custodia's decision log: the second verifier, which shares no code with the first.

  verify-evidence.py BUNDLE [--key VKEY]... [--witness VKEY]... [--remember FILE] [--proof FILE]... [--json]
  verify-evidence.py --compare CHECKPOINT CHECKPOINT [--proof FILE]... [--key VKEY]... [--json]
  verify-evidence.py --inclusion PROOF [--record FILE] [--key VKEY]... [--witness VKEY]... [--json]
  verify-evidence.py --vectors FILE

Python 3.9 or newer and its standard library. Exit code 0: all is well; 1: something is wrong; 2: bad usage.
The form of a bundle and the meaning of each verdict: docs/evidence-bundle.md.
"""

import argparse
import base64
import hashlib
import json
import os
import re
import sys

MOST_NOTE = 1 << 20
MOST_FILE = 1 << 26
MOST_PROOF = 1 << 24
MOST_RECORDS = 4096
MOST_COUNT = (1 << 53) - 1
FORMAT = "custodia-evidence@v1"

# The most telling first: it names what was done where one tampering shows in several places.
CODES = """SPLIT_VIEW OLD_CHECKPOINT OTHER_LOG WRONG_KEY BAD_SIGNATURE COSIGNATURE_MISSING TAIL_CUT
RECORD_MISSING RECORDS_SWAPPED RECORD_ALTERED RECORD_ADDED POLICY_ALTERED PROOF_INVALID
CONSISTENCY_MISSING FILE_MISSING MANIFEST_MISMATCH MALFORMED""".split()


class Malformed(Exception):
    """A text that is not of its form."""


class Cut(Exception):
    """An archive that breaks off."""


class BadArchive(Exception):
    """An archive that is not of the plain form."""


def require(claim, what):
    if not claim:
        raise Malformed(what)


# --- Ed25519, verification only (RFC 8032 section 5.1.7) -------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def point_add(one, other):
    """Extended coordinates, section 5.1.4; complete, so it doubles as well."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def point_times(scalar, point):
    total = (0, 1, 1, 0)
    while scalar > 0:
        if scalar & 1:
            total = point_add(total, point)
        point = point_add(point, point)
        scalar >>= 1
    return total


def point_from(encoded):
    """Section 5.1.3; None for bytes that are no point."""
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P != 0 or (x == 0 and sign == 1):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = point_from((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519_holds(public, message, signature):
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r = point_from(public), point_from(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = point_times(s, BASE), point_add(r, point_times(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (
        left[1] * right[2] - right[1] * left[2]
    ) % P == 0


# --- The tree (RFC 9162 section 2.1) ---------------------------------------------------------------


def sha256(data):
    return hashlib.sha256(data).digest()


def leaf_hash(data):
    return sha256(b"\0" + data)


def node_hash(left, right):
    return sha256(b"\1" + left + right)


def split_of(count):
    """Largest power of two below a count."""
    return 1 << ((count - 1).bit_length() - 1)


def are_sizes(*numbers):
    return all(isinstance(n, int) and 0 <= n <= MOST_COUNT for n in numbers)


def are_hashes(*hashes):
    return all(len(one) == 32 for one in hashes)


def inclusion_holds(index, size, leaf, proof, root):
    if not are_sizes(index, size) or index >= size or not are_hashes(leaf, root, *proof):
        return False
    # Which side the sibling is on, from the root down to the leaf.
    sides, start, count = [], 0, size
    while count > 1:
        k = split_of(count)
        sides.append(index - start < k)
        if index - start < k:
            count = k
        else:
            start, count = start + k, count - k
    if len(sides) != len(proof):
        return False
    for is_left, sibling in zip(reversed(sides), proof):
        leaf = node_hash(leaf, sibling) if is_left else node_hash(sibling, leaf)
    return leaf == root


def consistency_holds(size1, root1, size2, root2, proof):
    if not are_sizes(size1, size2) or size1 > size2 or not are_hashes(root1, root2, *proof):
        return False
    if size1 == size2:
        return not proof and root1 == root2
    if size1 == 0:
        return not proof and root1 == sha256(b"")
    # The way from the whole tree to the subtree in which the old tree ends.
    steps, start, count = [], 0, size2
    while start + count != size1:
        k = split_of(count)
        is_left = size1 - start <= k
        steps.append(is_left)
        if is_left:
            count = k
        else:
            start, count = start + k, count - k
    rest = list(proof)
    if start > 0:
        if not rest:
            return False
        old = new = rest.pop(0)
    else:
        old = new = root1
    if len(rest) != len(steps):
        return False
    for is_left, sibling in zip(reversed(steps), rest):
        if is_left:
            new = node_hash(new, sibling)
        else:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
    return old == root1 and new == root2


def subset_root(size, indexes, leaves, hashes):
    """Root over some leaves and the subtrees beside them; None where these do not fit."""
    if not are_hashes(*leaves, *hashes):
        return None
    if size == 0:
        return sha256(b"") if not indexes and not hashes else None
    used = [0, 0]

    def walk(start, end):
        at = used[0]
        if at == len(indexes) or indexes[at] >= end:
            used[1] += 1
            return hashes[used[1] - 1] if used[1] <= len(hashes) else None
        if end - start == 1:
            used[0] += 1
            return leaves[at] if indexes[at] == start else None
        middle = start + split_of(end - start)
        left = walk(start, middle)
        right = None if left is None else walk(middle, end)
        return None if right is None else node_hash(left, right)

    root = walk(0, size)
    return root if used == [len(indexes), len(hashes)] else None


# --- Notes (C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof) -----------------------


def text_of(data, most=MOST_NOTE):
    require(len(data) <= most, "more than %d bytes" % most)
    require(not re.search(rb"[\x00-\x09\x0b-\x1f]", data), "a control character")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("not valid UTF-8") from None


def base64_from(text):
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (ValueError, UnicodeEncodeError):
        raise Malformed("not base 64") from None
    require(base64.b64encode(data).decode() == text, "not base 64 in its one form")
    return data


def hash_from(text):
    data = base64_from(text)
    require(len(data) == 32, "a hash of %d bytes" % len(data))
    return data


def count_from(text):
    require(re.fullmatch(r"0|[1-9][0-9]{0,15}", text, re.ASCII), "not a number in its one form")
    require(int(text) <= MOST_COUNT, "too large a number")
    return int(text)


def require_name(name):
    bad = any(c == "+" or c.isspace() or ord(c) < 32 or 127 <= ord(c) < 160 for c in name)
    require(name and not bad, "a name that no key can have")


class Key:
    """A verifier key: kind 1 writes notes, kind 4 cosigns checkpoints."""

    def __init__(self, text):
        found = re.fullmatch(r"([^+]*)\+([^+]*)\+(.*)", text, re.DOTALL)
        require(found, "not name+id+key")
        self.text, self.name, self.id = text, found[1], found[2]
        require_name(self.name)
        data = base64_from(found[3])
        require(len(data) == 33 and data[0] in (1, 4), "a key of a kind that is not read here")
        self.kind, self.public = data[0], data[1:]
        own = sha256(self.name.encode() + b"\n" + data)[:4].hex()
        require(own == self.id, "the id is not that of the key")

    def __str__(self):
        return "%s+%s" % (self.name, self.id)

    def signed(self, text, signature):
        if self.kind == 1:
            return ed25519_holds(self.public, text.encode(), signature)
        if len(signature) != 72 or signature[0] & 0x80:
            return False
        try:
            Checkpoint(text)
        except Malformed:
            return False
        time = int.from_bytes(signature[:8], "big")
        message = "cosignature/v1\ntime %d\n%s" % (time, text)
        return ed25519_holds(self.public, message.encode(), signature[8:])


class Note:
    """A text with its signatures: (name, id, signature)."""

    def __init__(self, data):
        whole = text_of(data)
        divide = whole.rfind("\n\n")
        require(divide != -1, "no empty line before the signatures")
        self.whole, self.text, below = whole, whole[: divide + 1], whole[divide + 2 :]
        require(below.endswith("\n"), "no line feed at the end")
        lines = below[:-1].split("\n")
        require(len(lines) <= 100, "too many signatures")
        self.signatures = [self.signature(line) for line in lines]
        names = [(name, key_id) for name, key_id, _ in self.signatures]
        require(len(set(names)) == len(names), "a key signs twice")

    @staticmethod
    def signature(line):
        words = line.split(" ")
        require(len(words) == 3 and words[0] == "\u2014", "a signature line of another form")
        require_name(words[1])
        data = base64_from(words[2])
        require(len(data) > 4, "a signature without bytes")
        return words[1], data[:4].hex(), data[4:]

    def judge(self, keys):
        """Keys whose signature holds, and keys whose signature does not."""
        held, failed = [], []
        for name, key_id, signature in self.signatures:
            key = next((k for k in keys if (k.name, k.id) == (name, key_id)), None)
            if key is not None:
                (held if key.signed(self.text, signature) else failed).append(key)
        return held, failed


class Checkpoint:
    """Head of the tree of a log."""

    def __init__(self, text, note=None):
        require(text.endswith("\n"), "no line feed at the end")
        lines = text[:-1].split("\n")
        require(len(lines) >= 3, "less than the three lines of a checkpoint")
        require(lines[0] and "" not in lines[3:], "an empty line")
        self.origin, self.size, self.root = lines[0], count_from(lines[1]), hash_from(lines[2])
        require(self.size > 0 or self.root == sha256(b""), "a root that an empty tree does not have")
        self.note = note

    @classmethod
    def read(cls, data):
        note = Note(data)
        return cls(note.text, note)


def divided(data):
    text = text_of(data)
    divide = text.find("\n\n")
    require(divide != -1, "no empty line before the checkpoint")
    return text[:divide].split("\n"), Checkpoint.read(text[divide + 2 :].encode())


def path_from(lines):
    require(len(lines) <= 63, "too many hashes")
    return [hash_from(line) for line in lines]


def word_line(word, line):
    require(line.startswith(word + " "), "no line that says " + word)
    return line[len(word) + 1 :]


class Consistency:
    """Proof that a log grew: the body of C2SP tlog-witness add-checkpoint."""

    def __init__(self, data):
        lines, self.to = divided(data)
        self.old_size = count_from(word_line("old", lines[0]))
        require(self.old_size <= self.to.size, "an old size above the new one")
        self.hashes = path_from(lines[1:])


# --- Judging ---------------------------------------------------------------------------------------


class Verdict:
    def __init__(self):
        self.faults, self.notices, self.blamed, self.about = [], [], set(), {}

    def add(self, code, subject, text, *blamed):
        self.faults.append({"code": code, "subject": subject, "text": text})
        self.blamed.update(blamed)

    def code(self):
        return min((f["code"] for f in self.faults), key=CODES.index, default="OK")

    def tell(self, as_json):
        faults = sorted(self.faults, key=lambda f: CODES.index(f["code"]))
        told = {"verdict": self.code(), **self.about, "faults": faults, "notices": self.notices}
        if as_json:
            print(json.dumps(told, indent=2, ensure_ascii=False))
        else:
            for name, value in self.about.items():
                print("%-8s%s" % (name, value))
            for notice in self.notices:
                print("note    " + notice)
            for fault in faults[:100]:
                print("NOT OK  %(code)s  %(subject)s: %(text)s" % fault)
            print("verdict " + self.code())
        return 0 if self.code() == "OK" else 1


def judge_signature(verdict, note, subject, origin, keys):
    held, failed = note.judge([k for k in keys if k.kind == 1 and origin in (None, k.name)])
    if failed:
        text = "the signature of %s does not hold" % ", ".join(map(str, failed))
        verdict.add("BAD_SIGNATURE", subject, text, subject)
    elif not held:
        verdict.add("WRONG_KEY", subject, "not signed by a trusted key", subject)


def judge_cosignatures(verdict, note, subject, witnesses):
    held, failed = note.judge(witnesses)
    for key in witnesses:
        if key in failed:
            verdict.add("BAD_SIGNATURE", subject, "the cosignature of %s does not hold" % key, subject)
        elif key not in held:
            verdict.add("COSIGNATURE_MISSING", subject, "there is no cosignature of %s" % key, subject)


def consistency_fault(old, new, proofs):
    if old.size == new.size:
        return None if old.root == new.root else "SPLIT_VIEW"
    if consistency_holds(old.size, old.root, new.size, new.root, []):
        return None
    fitting = [p for p in proofs if (p.old_size, p.to.size) == (old.size, new.size)]
    if not fitting:
        return "CONSISTENCY_MISSING"
    if any(consistency_holds(old.size, old.root, new.size, new.root, p.hashes) for p in fitting):
        return None
    return "SPLIT_VIEW"


def judge_growth(verdict, before, now, subject, proofs):
    text = "%d records after %d were seen" % (now.size, before.size)
    if before.origin != now.origin:
        code = "OTHER_LOG"
    elif before.size <= now.size:
        code = consistency_fault(before, now, proofs)
    else:
        code = consistency_fault(now, before, proofs)
        code = code if code == "SPLIT_VIEW" else "OLD_CHECKPOINT"
    if code:
        verdict.add(code, subject, text, subject)


# --- The bundle ------------------------------------------------------------------------------------

ORDER = [
    re.compile(pattern)
    for pattern in (
        r"README\.txt",
        r"checkpoint",
        r"keys\.json",
        r"consistency/[0-9]{16}\.txt",
        r"callers\.ndjson",
        r"documents/.+",
        r"policies/[0-9a-f]{64}/.+",
        r"parts/[0-9]{8}\.(inclusion|records\.ndjson)",
        r"manifest\.json",
        r"manifest\.sig",
    )
]
WORD = r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,89}"
PATH = re.compile("%s(/%s)*" % (WORD, WORD))
UNREAD = re.compile(r"README\.txt|callers\.ndjson|documents/.+")


def rank_of(path):
    if len(path) > 150 or not PATH.fullmatch(path):
        return None
    return next((at for at, pattern in enumerate(ORDER) if pattern.fullmatch(path)), None)


def octal(field):
    text = field.rstrip(b"\0 ")
    if not re.fullmatch(rb"[0-7]{1,11}", text):
        raise BadArchive("a number that is not octal")
    return int(text, 8)


def take(file, length):
    data = file.read(length)
    if len(data) < length:
        raise Cut("the archive ends too early")
    return data


def tar_files(file):
    """Plain files of a ustar archive: (path, size, pieces). Nothing else is let through."""
    while True:
        header = take(file, 512)
        if not any(header):
            break
        if sum(header[:148]) + 8 * 32 + sum(header[156:]) != octal(header[148:156]):
            raise BadArchive("a header with another checksum")
        if header[257:263] != b"ustar\0" or header[156:157] != b"0":
            raise BadArchive("not a plain file with a ustar header")
        name, prefix = (
            field.split(b"\0")[0].decode("latin-1") for field in (header[:100], header[345:500])
        )
        size = octal(header[124:136])

        def pieces(left=size):
            while left > 0:
                piece = take(file, min(left, 1 << 20))
                left -= len(piece)
                yield piece

        yield (prefix + "/" + name if prefix else name), size, pieces()
        if any(take(file, -size % 512)):
            raise BadArchive("padding is not empty")
    if any(take(file, 512)):
        raise BadArchive("no end mark")
    if file.read(1):
        raise BadArchive("something after the end mark")


def json_from(data):
    def refuse(name):
        raise ValueError(name)

    try:
        return json.loads(data.decode("utf-8"), parse_constant=refuse)
    except (ValueError, RecursionError):
        raise Malformed("not JSON") from None


def fields(value, **kinds):
    """Requires exactly these fields, each of its kind."""
    require(isinstance(value, dict) and set(value) == set(kinds), "does not fit")
    for name, kind in kinds.items():
        fits = type(value[name]) is kind and (kind is not int or are_sizes(value[name]))
        require(fits, name + " does not fit")
    return value


def manifest_from(data):
    manifest = fields(
        json_from(data), format=str, checkpoint=dict, scope=dict, records=dict, files=list
    )
    require(manifest["format"] == FORMAT, "format does not fit")
    fields(manifest["checkpoint"], origin=str, size=int, root=str)
    fields(manifest["records"], count=int, indexes=str, parts=list)
    for part in manifest["records"]["parts"]:
        fields(part, part=str, count=int, first=int, last=int)
        require(re.fullmatch("[0-9]{8}", part["part"]) and part["count"] > 0, "part does not fit")
    for file in manifest["files"]:
        fields(file, path=str, bytes=int, sha256=str)
        require(re.fullmatch("[0-9a-f]{64}", file["sha256"]), "sha256 does not fit")
    return manifest


def keys_from(data):
    keys = fields(json_from(data), log=list, witnesses=list)
    require(keys["log"], "log does not fit")
    require(all(isinstance(key, str) for key in keys["log"] + keys["witnesses"]), "does not fit")
    return keys


def part_proof_from(data):
    text = text_of(data, MOST_PROOF)
    require(text.endswith("\n"), "no line feed at the end")
    lines = text[:-1].split("\n")
    require(len(lines) > 2 and lines[0] == FORMAT + " inclusion", "not the proof of a part")
    size = count_from(word_line("size", lines[1]))
    require("" in lines[2:], "not the proof of a part")
    divide = lines.index("", 2)
    require(divide - 2 <= MOST_RECORDS, "more records than a part may have")
    indexes, leaves = [], []
    for line in lines[2:divide]:
        words = line.split(" ")
        require(len(words) == 2, "a record line of another form")
        indexes.append(count_from(words[0]))
        leaves.append(hash_from(words[1]))
    require(indexes, "a part of no records")
    return size, indexes, leaves, [hash_from(line) for line in lines[divide + 1 :]]


class Bundle:
    """Reads a bundle once, in its order."""

    def __init__(self, verdict):
        self.verdict = verdict
        self.files, self.consistency, self.parts = {}, [], []
        self.checkpoint = self.keys = self.manifest = self.manifest_note = None
        self.policy = self.open = self.cut = None
        self.records, self.last_index, self.indexes = 0, -1, hashlib.sha256()

    def read(self, path, size, pieces):
        found = re.fullmatch(r"policies/([0-9a-f]{64})/(.+)", path)
        if self.policy and (not found or found[1] != self.policy[0]):
            self.end_policy()
        digest, kept = hashlib.sha256(), []
        for piece in pieces:
            digest.update(piece)
            if size <= MOST_FILE and not UNREAD.fullmatch(path):
                kept.append(piece)
        try:
            if not UNREAD.fullmatch(path):
                require(size <= MOST_FILE, "too large")
                self.understand(path, b"".join(kept), found)
        except Malformed as error:
            self.verdict.add("MALFORMED", path, str(error), path)
        self.files[path] = (size, digest.hexdigest())

    def understand(self, path, data, policy):
        if path == "checkpoint":
            self.checkpoint = Checkpoint.read(data)
        elif path == "keys.json":
            self.keys = keys_from(data)
        elif path == "manifest.json":
            self.manifest = manifest_from(data)
        elif path == "manifest.sig":
            self.manifest_note = Note(data)
        elif path.startswith("consistency/"):
            self.consistency.append(Consistency(data))
        elif path.endswith(".inclusion"):
            self.take_proof(path, path[6:14], data)
        elif path.startswith("parts/"):
            self.take_records(path, path[6:14], data)
        elif policy:
            self.policy = self.policy or (policy[1], hashlib.sha256(), [])
            text = data.decode("utf-8", "replace").replace("\r\n", "\n")
            told = json.dumps([policy[2], text], ensure_ascii=False, separators=(",", ":"))
            self.policy[1].update(told.encode("utf-8"))
            self.policy[2].append(path)

    def end(self):
        if self.policy:
            self.end_policy()
        self.end_cut("TAIL_CUT")

    def end_policy(self):
        version, digest, paths = self.policy
        self.policy = None
        if digest.hexdigest() != version:
            text = "the documents are not those of this version"
            self.verdict.add("POLICY_ALTERED", "policies/" + version, text, *paths)

    def end_cut(self, code):
        if self.cut:
            path, index, count = self.cut
            text = "%d records are missing" % count
            self.verdict.add(code, "%s record %d" % (path, index), text, path)
        self.cut = None

    def is_proved(self, size, indexes, leaves, hashes):
        if self.checkpoint is None:
            return True
        root = subset_root(size, indexes, leaves, hashes)
        return size == self.checkpoint.size and root == self.checkpoint.root

    def take_proof(self, path, name, data):
        self.end_cut("RECORD_MISSING")
        proof = part_proof_from(data)
        indexes = proof[1]
        for index in indexes:
            self.indexes.update(b"%d\n" % index)
        self.parts.append({"part": name, "count": len(indexes), "first": indexes[0], "last": indexes[-1]})
        before, ascends = self.last_index, True
        for index in indexes:
            ascends, before = ascends and index > before, index
        self.last_index = indexes[-1]
        proved = ascends and self.is_proved(*proof)
        self.open = (name, proof, proved)
        if not ascends:
            self.verdict.add("RECORDS_SWAPPED", path, "the indexes do not ascend", path)
        elif not proved:
            self.verdict.add("PROOF_INVALID", path, "does not lead to the root", path)

    def take_records(self, path, name, data):
        require(data.count(b"\n") <= MOST_RECORDS, "more records than a part may have")
        lines = data.split(b"\n")
        if lines[-1] == b"":
            lines.pop()
        require(len(lines) <= MOST_RECORDS, "more records than a part may have")
        self.records += len(lines)
        opened, self.open = self.open, None
        if not opened or opened[0] != name:
            missing = "parts/%s.inclusion" % name
            if missing not in self.verdict.blamed:
                self.verdict.add("FILE_MISSING", missing, "there is no proof of these records", missing)
            return
        (size, indexes, leaves, hashes), proved = opened[1], opened[2]
        found = [leaf_hash(line) for line in lines]
        # Where the records themselves lead to the root, only the proof was altered.
        if not proved and len(found) == len(indexes) and self.is_proved(size, indexes, found, hashes):
            return
        self.compare(path, indexes, leaves, found)

    def compare(self, path, indexes, leaves, found):
        places = {}
        for place, leaf in enumerate(leaves):
            places.setdefault(leaf, []).append(place)
        kept, strangers = [], 0
        for line, hashed in enumerate(found):
            free = places.get(hashed)
            if not free:
                strangers += 1
            else:
                kept.append(free.pop(free.index(line) if line in free else 0))
        there = set(kept)
        lost = [place for place in range(len(leaves)) if place not in there]
        missing = set(lost[strangers:])
        tail = len(leaves)
        while tail - 1 in missing:
            tail -= 1

        def tell(code, chosen, text):
            for place in chosen:
                subject = "%s record %d" % (path, indexes[place])
                self.verdict.add(code, subject, text, path)

        tell("RECORD_ALTERED", lost[:strangers], "is not the one that was logged")
        tell("RECORD_MISSING", [p for p in sorted(missing) if p < tail], "was removed")
        swapped = [after for before, after in zip(kept, kept[1:]) if after < before]
        tell("RECORDS_SWAPPED", swapped, "stands after one that was logged later")
        for _ in range(strangers - len(lost)):
            self.verdict.add("RECORD_ADDED", path, "a line that is no record of the log", path)
        if tail < len(leaves):
            self.cut = (path, indexes[tail], len(leaves) - tail)


def judge_manifest(bundle, keys, verdict):
    signed_by(bundle, keys, verdict)
    manifest = bundle.manifest
    if manifest is None:
        return
    found = {part["part"]: part for part in bundle.parts}
    last_found = bundle.parts[-1]["part"] if bundle.parts else ""
    told = any(fault["subject"].endswith(".inclusion") for fault in verdict.faults)
    expected = manifest["records"]["parts"]
    for part in expected:
        there, path = found.get(part["part"]), "parts/%s.records.ndjson" % part["part"]
        both = (path, "parts/%s.inclusion" % part["part"])
        text = "records are missing"
        if there is None and path in bundle.files:
            continue  # Records without their proof: that the proof is missing has been told.
        elif there is None:
            code = "TAIL_CUT" if part["part"] > last_found else "RECORD_MISSING"
        elif there["count"] > part["count"]:
            code, text = "RECORD_ADDED", "records too many"
        elif there["count"] < part["count"]:
            is_cut = part is expected[-1] and there["first"] == part["first"]
            code = "TAIL_CUT" if is_cut and there["last"] < part["last"] else "RECORD_MISSING"
        else:
            continue
        told = True
        verdict.add(code, path, text, *both)
    head = manifest["checkpoint"]
    own = bundle.checkpoint
    if own and "checkpoint" not in verdict.blamed:
        root = base64.b64encode(own.root).decode()
        if (own.origin, own.size, root) != (head["origin"], head["size"], head["root"]):
            verdict.add("MANIFEST_MISMATCH", "checkpoint", "not that of the manifest", "checkpoint")
    is_other = bundle.indexes.hexdigest() != manifest["records"]["indexes"] and not told
    if is_other or sum(part["count"] for part in expected) != manifest["records"]["count"]:
        text = "the records are not those that the manifest counts"
        verdict.add("MANIFEST_MISMATCH", "manifest.json", text)
    judge_files(bundle, manifest, verdict)


def signed_by(bundle, keys, verdict):
    missing = [path for path in ("manifest.json", "manifest.sig") if path not in bundle.files]
    for path in missing:
        verdict.add("FILE_MISSING", path, "is not there")
    note = bundle.manifest_note
    if missing or note is None:
        return
    origin = bundle.checkpoint.origin if bundle.checkpoint else None
    judge_signature(verdict, note, "manifest.sig", origin, keys)
    text = "%s\nsha256 %s\n" % (FORMAT, bundle.files["manifest.json"][1])
    if note.text != text and bundle.manifest is not None:
        verdict.add("MANIFEST_MISMATCH", "manifest.json", "is not the one that was signed")


def judge_files(bundle, manifest, verdict):
    listed = {file["path"]: (file["bytes"], file["sha256"]) for file in manifest["files"]}
    for path, told in listed.items():
        if path in verdict.blamed:
            continue
        if path not in bundle.files:
            verdict.add("FILE_MISSING", path, "is not there")
        elif bundle.files[path] != told:
            verdict.add("MANIFEST_MISMATCH", path, "is not as the manifest says")
    known = set(listed) | {"manifest.json", "manifest.sig"} | verdict.blamed
    for path in bundle.files:
        if path not in known:
            verdict.add("MANIFEST_MISMATCH", path, "is not in the manifest")


def own_keys(bundle, verdict):
    given = bundle.keys or {"log": [], "witnesses": []}
    try:
        return [Key(text) for text in given["log"]], [Key(text) for text in given["witnesses"]]
    except Malformed as error:
        verdict.add("MALFORMED", "keys.json", str(error), "keys.json")
        return [], []


def judge_trust(bundle, options, remembered, verdict):
    log, witnesses = own_keys(bundle, verdict)
    keys = options.key or (remembered[0] if remembered else log)
    checkpoint = bundle.checkpoint
    if checkpoint is None:
        if "checkpoint" not in verdict.blamed:
            verdict.add("FILE_MISSING", "checkpoint", "there is nothing to prove anything to")
        return keys
    unique = {key.text: key for key in options.witness + witnesses}
    judge_signature(verdict, checkpoint.note, "checkpoint", checkpoint.origin, keys)
    judge_cosignatures(verdict, checkpoint.note, "checkpoint", list(unique.values()))
    if remembered:
        proofs = options.proof + bundle.consistency
        judge_growth(verdict, remembered[1], checkpoint, "checkpoint", proofs)
    if keys is log:
        verdict.notices.append("The keys came with the bundle: compare them, or give --key.")
    return keys


def verify_bundle(options):
    verdict, remembered = Verdict(), None
    if options.remember and os.path.exists(options.remember):
        remembered = remembered_in(options.remember)
    bundle, before, whole = Bundle(verdict), None, True
    with opened(options.bundle) as file:
        try:
            for path, size, pieces in tar_files(file):
                rank = rank_of(path)
                if rank is None or (before and (rank, path) <= before):
                    verdict.add("MALFORMED", path, "does not belong here", path)
                    for _ in pieces:
                        pass
                    continue
                before = (rank, path)
                bundle.read(path, size, pieces)
            bundle.end()
        except (Cut, BadArchive) as error:
            whole = False
            code = "TAIL_CUT" if isinstance(error, Cut) else "MALFORMED"
            subject = before[1] if before else "checkpoint"
            verdict.add(code, subject, str(error), subject)
    keys = judge_trust(bundle, options, remembered, verdict)
    if whole:
        judge_manifest(bundle, keys, verdict)
    if bundle.checkpoint:
        verdict.about["origin"] = bundle.checkpoint.origin
        verdict.about["size"] = bundle.checkpoint.size
    verdict.about["records"] = bundle.records
    if verdict.code() == "OK" and options.remember:
        remember(options.remember, keys, bundle.checkpoint)
    return verdict


def remembered_in(path):
    try:
        kept = fields(json_from(read(path)), format=str, keys=list, checkpoint=str)
        require(kept["format"] == "custodia-remembered@v1", "another format")
        return [Key(text) for text in kept["keys"]], Checkpoint.read(kept["checkpoint"].encode())
    except Malformed as error:
        usage("%s is no file that --remember wrote: %s" % (path, error))


def remember(path, keys, checkpoint):
    kept = {
        "format": "custodia-remembered@v1",
        "keys": [key.text for key in keys],
        "checkpoint": checkpoint.note.whole,
    }
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(json.dumps(kept, indent=2, ensure_ascii=False) + "\n")
    os.replace(path + ".new", path)


def compare(options):
    verdict, read_ones = Verdict(), []
    for path in options.compare:
        try:
            read_ones.append((path, Checkpoint.read(read(path))))
        except Malformed as error:
            verdict.add("MALFORMED", path, str(error))
    if len(read_ones) < 2:
        return verdict
    for path, one in read_ones:
        if options.key:
            judge_signature(verdict, one.note, path, one.origin, options.key)
    if not options.key:
        verdict.notices.append("No signature was judged: give the key of the log by --key.")
    (_, older), (path, newer) = sorted(read_ones, key=lambda named: named[1].size)
    judge_growth(verdict, older, newer, path, options.proof)
    return verdict


def inclusion(options):
    verdict, path = Verdict(), options.inclusion
    try:
        lines, checkpoint = divided(read(path))
        require(lines.pop(0) == "c2sp.org/tlog-proof@v1", "no tlog-proof of version 1")
        extra = None
        if lines and lines[0].startswith("extra "):
            extra = base64_from(lines.pop(0)[6:])
        require(lines, "no line with the index")
        index, proof = count_from(word_line("index", lines[0])), path_from(lines[1:])
    except Malformed as error:
        verdict.add("MALFORMED", path, str(error))
        return verdict
    record = extra
    if options.record:
        record = read(options.record)
        record = record[:-1] if record.endswith(b"\n") else record
    leaf = b"" if record is None else leaf_hash(record)
    if not inclusion_holds(index, checkpoint.size, leaf, proof, checkpoint.root):
        verdict.add("PROOF_INVALID", path, "the record and the proof do not fit")
    if options.key:
        judge_signature(verdict, checkpoint.note, path, checkpoint.origin, options.key)
    else:
        verdict.notices.append("No signature was judged: give the key of the log by --key.")
    judge_cosignatures(verdict, checkpoint.note, path, options.witness)
    return verdict


def check_vectors(path):
    """The vectors of transparency-dev/merkle: accepts exactly those that are good."""
    vectors, wrong = json.loads(read(path)), []
    for name, vector in vectors.items():
        proof = [base64.b64decode(one) for one in vector["proof"] or []]
        at = {key: base64.b64decode(value) for key, value in vector.items() if key.startswith("root")}
        if "treeSize" in vector:
            leaf = base64.b64decode(vector["leafHash"])
            held = inclusion_holds(vector["leafIdx"], vector["treeSize"], leaf, proof, at["root"])
        else:
            held = consistency_holds(
                vector["size1"], at["root1"], vector["size2"], at["root2"], proof
            )
        if held == vector["wantErr"]:
            wrong.append(name)
            print("NOT OK  " + name)
    print("%d vectors, %d judged wrongly" % (len(vectors), len(wrong)))
    return 1 if wrong else 0


def usage(line):
    print(line, file=sys.stderr)
    sys.exit(2)


def opened(path):
    try:
        return open(path, "rb")
    except OSError as error:
        usage("%s can't be read (%s)." % (path, error.strerror))


def read(path):
    with opened(path) as file:
        return file.read()


def argument(kind, parse):
    def parsed(text):
        try:
            return parse(text)
        except Malformed as error:
            raise argparse.ArgumentTypeError("%s: %s" % (kind, error)) from None

    return parsed


def key_of(kind):
    def parse(text):
        key = Key(text)
        require(key.kind == kind, "a key of another kind")
        return key

    return parse


def main():
    parser = argparse.ArgumentParser(description="verifies evidence of Custodia's decision log")
    parser.add_argument("bundle", nargs="?", help="evidence bundle, a tar file")
    more = {"action": "append", "default": []}
    parser.add_argument("--key", type=argument("key", key_of(1)), help="verifier key of the log", **more)
    parser.add_argument(
        "--witness", type=argument("key", key_of(4)), help="verifier key of a witness", **more
    )
    parser.add_argument(
        "--proof",
        type=argument("proof", lambda path: Consistency(read(path))),
        help="consistency proof",
        **more,
    )
    parser.add_argument("--remember", metavar="FILE", help="keeps the newest verified checkpoint")
    parser.add_argument("--compare", nargs=2, metavar="CHECKPOINT", help="can both be true?")
    parser.add_argument("--inclusion", metavar="PROOF", help="tlog-proof file of one record")
    parser.add_argument("--record", metavar="FILE", help="text of the record")
    parser.add_argument("--vectors", metavar="FILE", help="checks this verifier itself")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    modes = [options.bundle, options.compare, options.inclusion, options.vectors]
    if sum(mode is not None for mode in modes) != 1:
        parser.error("give a bundle, or one of --compare, --inclusion, --vectors")
    if options.vectors:
        return check_vectors(options.vectors)
    if options.compare:
        return compare(options).tell(options.json)
    if options.inclusion:
        return inclusion(options).tell(options.json)
    return verify_bundle(options).tell(options.json)


if __name__ == "__main__":
    sys.exit(main())
