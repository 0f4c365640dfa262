"""Carries out the faults on a published binary, on both engines, and prints one table. tests/faults/run calls it."""
import argparse
import os
import shutil
import sys
import tempfile
import time
import traceback

import faults
import ground
from scene import Scene, Skipped

ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def carry_out(fault, engine, arguments, root):
    """The row of the table, and whether it is all right."""
    work = tempfile.mkdtemp(prefix=fault.name, dir=root)
    os.chmod(work, 0o755)
    begin = time.monotonic()
    scene = None
    trouble = ""
    try:
        scene = Scene(fault.name, engine, arguments.binary, arguments.shim, work, arguments.sizes)
        fault.carry_out(scene)
    except Skipped as reason:
        return (fault.name, engine, "", "", "", f"skipped: {reason}"), True
    except Exception as error:
        trouble = f"{type(error).__name__}: {error}"
        traceback.print_exc()
    finally:
        if scene:
            scene.close()
        if arguments.keep:
            print(work, file=sys.stderr)
        else:
            shutil.rmtree(work, ignore_errors=True)
    is_right = not trouble and bool(scene.figures) and all(right for right, _ in scene.figures)
    words = "; ".join(("" if right else "FAIL ") + text for right, text in scene.figures if not text.startswith(("lost 0 ", "repeated 0 ")) or not right)
    seconds = scene.seconds if scene and scene.seconds is not None else time.monotonic() - begin
    verdict = "pass" if is_right else "FAIL"
    return (fault.name, engine, "" if scene is None or scene.lost is None else str(scene.lost),
            "" if scene is None or scene.repeated is None else str(scene.repeated), f"{seconds:.2f}" if seconds < 1 else f"{seconds:.1f}",
            f"{verdict}: {'; '.join(filter(None, [words, trouble]))}"), is_right


def main():
    parser = argparse.ArgumentParser(prog="tests/faults/run", description=__doc__)
    parser.add_argument("ids", nargs="*", metavar="F01", help="which of them; all by default")
    parser.add_argument("--binary", required=True)
    parser.add_argument("--shim", required=True)
    parser.add_argument("--engine", choices=ENGINES, help="one engine instead of both")
    parser.add_argument("--short", dest="sizes", action="store_const", const="short", default="usual", help="as little of each as shows it")
    parser.add_argument("--long", dest="sizes", action="store_const", const="long", help="as much of each as one night has time for")
    parser.add_argument("--keep", action="store_true", help="keep the folders of the runs, and name them")
    arguments = parser.parse_args()
    unknown = set(arguments.ids) - {fault.name for fault in faults.ALL}
    if unknown:
        parser.error("no such fault: " + ", ".join(sorted(unknown)))

    root = tempfile.mkdtemp(prefix="faults.")
    os.chmod(root, 0o755)
    failed = passed = 0
    heads = ("id", "engine", "lost", "repeated", "seconds", "figures and their limits")
    widths = (5, 10, 5, 8, 7)
    layout = "  ".join(f"{{:{width}}}" for width in widths) + "  {}"
    print(layout.format(*heads), flush=True)
    try:
        for fault in faults.ALL:
            if arguments.ids and fault.name not in arguments.ids:
                continue
            if fault.reason:
                print(layout.format(fault.name, "", "", "", "", f"not applicable: {fault.reason}"), flush=True)
                continue
            for engine in [ENGINES[arguments.engine]] if arguments.engine else ENGINES.values():
                ground.progress(f"{fault.name} {engine}: {fault.title}")
                if fault.only and fault.only[0] != engine:
                    row, is_right = (fault.name, engine, "", "", "", f"not applicable: {fault.only[1]}"), True
                else:
                    row, is_right = carry_out(fault, engine, arguments, root)
                    passed += is_right and row[-1].startswith("pass")
                failed += not is_right
                ground.progress("")
                print(layout.format(*row), flush=True)
    finally:
        if not arguments.keep:
            shutil.rmtree(root, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
