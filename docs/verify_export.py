#!/usr/bin/env python3
"""Checks the hash chain of an export: python3 verify_export.py DIR

Reads DIR/entries.jsonl and recomputes every hash from what stands in it. Prints the head,
POSITION:HEX, which must be the one OneDoor prints and shows; exits with 1 and the first broken
position if something was changed, removed, swapped or cut. Needs nothing but Python 3.
"""
import hashlib
import json
import os
import sys


def number(value):
    return value.to_bytes(8, "big", signed=True)


def text(value):
    data = (value or "").encode("utf-8")
    return len(data).to_bytes(4, "big") + data


def digest(said):
    """What the chain holds of a payload: of the payload itself, or once erased what was left of it."""
    if "payload" in said:
        return hashlib.sha256(bytes.fromhex(said["salt"]) + said["payload"].encode("utf-8")).digest()
    return bytes.fromhex(said["digest"])


def chained(previous, entry):
    step = hashlib.sha256(previous)
    step.update(number(entry["position"]))
    step.update(text(entry["stream"]))
    step.update(number(entry["version"]))
    step.update(number(entry["at"]))
    for name in ("by", "about", "once", "type"):
        step.update(text(entry.get(name)))
    step.update(digest(entry))
    for party in entry.get("personal", ()):
        step.update(text(party["party"]) + digest(party))
    return step.digest()


def main(folder):
    previous, position = bytes(32), 0
    with open(os.path.join(folder, "entries.jsonl"), encoding="utf-8", newline="\n") as lines:
        for line in lines:
            position += 1
            try:
                entry = json.loads(line)
                whole = entry["position"] == position and chained(previous, entry).hex() == entry["hash"]
            except (ValueError, KeyError, OverflowError):
                whole = False
            if not whole:
                print(position)
                return 1
            previous = bytes.fromhex(entry["hash"])
    with open(os.path.join(folder, "head.txt"), encoding="utf-8") as head:
        known = head.read().strip()
    if known != f"{position}:{previous.hex()}":
        print(position + 1)
        return 1
    print(known)
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
