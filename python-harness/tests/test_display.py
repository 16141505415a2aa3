"""What user code shows: forms of objects, hostile ones too, progress and metadata."""
from __future__ import annotations

import unittest

from .display_run import show

CLASS = "class A:\n    def __repr__(self): return 'A!'\n"


def method(name: str, body: str) -> str:
    return f"{CLASS}    def {name}(self, **options): {body}\n"


# code, data of the one display
FORMS = [
    ("display('a')", {"text/plain": "'a'"}),
    ("import pungi\npungi.display(1)", {"text/plain": "1"}),
    (method("_repr_html_", "return '<b>'") + "A()", {"text/html": "<b>", "text/plain": "A!"}),
    (method("_repr_markdown_", "return '# a'") + "A()", {"text/markdown": "# a", "text/plain": "A!"}),
    (method("_repr_latex_", "return '$a$'") + "A()", {"text/latex": "$a$", "text/plain": "A!"}),
    (method("_repr_svg_", "return '<svg/>'") + "A()", {"image/svg+xml": "<svg/>", "text/plain": "A!"}),
    (method("_repr_png_", "return b'png'") + "A()", {"image/png": "cG5n", "text/plain": "A!"}),
    (method("_repr_png_", "return 'cG5n'") + "A()", {"image/png": "cG5n", "text/plain": "A!"}),
    (method("_repr_jpeg_", "return b'jpg'") + "A()", {"image/jpeg": "anBn", "text/plain": "A!"}),
    (method("_repr_json_", "return {'a': [1, float('nan'), 2 ** 60]}") + "A()", {"application/json": {"a": [1, None, str(2**60)]}, "text/plain": "A!"}),
    (method("_repr_mimebundle_", "return {'text/html': 'h', 'text/plain': 'p'}") + "A()", {"text/html": "h", "text/plain": "p"}),
    (method("_repr_mimebundle_", "return {'text/html': 'h'}, {'k': 1}") + "A()", {"text/html": "h", "text/plain": "A!"}),
    ("display({'text/html': 'h', 'application/x+json': [1]}, raw=True)", {"text/html": "h", "application/x+json": [1]}),
    ("display(type)", {"text/plain": "<class 'type'>"}),
]

# code, data of the one display, note
HOSTILE = [
    (method("_repr_html_", "raise ValueError('no')") + "display(A())", {"text/plain": "A!"}, "displays[0]: _repr_html_ of A raised ValueError('no')"),
    (method("_repr_html_", "raise SystemExit(3)") + "display(A())", {"text/plain": "A!"}, "displays[0]: _repr_html_ of A raised SystemExit(3)"),
    (CLASS + "    def _repr_html_(self): return self._repr_html_()\ndisplay(A())", {"text/plain": "A!"}, "displays[0]: _repr_html_ of A raised RecursionError("),
    (method("_repr_html_", "return 5") + "display(A())", {"text/plain": "A!"}, "displays[0]: text/html left out: int where str was expected"),
    (method("_repr_png_", "return 5") + "display(A())", {"text/plain": "A!"}, "displays[0]: image/png left out: int where bytes was expected"),
    (method("_repr_html_", "return 'x' * (3 << 20)") + "display(A())", {"text/plain": "A!"}, "displays[0]: text/html left out: 3,145,728 bytes, more than the 2,097,152 that maxDisplayKb allows"),
    (method("_repr_png_", "return b'x' * (3 << 20)") + "display(A())", {"text/plain": "A!"}, "displays[0]: image/png left out: 4,194,304 bytes, more than the 2,097,152 that maxDisplayKb allows"),
    (method("_repr_json_", "return {1: object()}") + "display(A())", {"text/plain": "A!"}, "displays[0]: application/json left out: it['1']: object cannot travel"),
    (method("_repr_mimebundle_", "return 7") + "display(A())", {"text/plain": "A!"}, "displays[0]: _repr_mimebundle_ of A raised TypeError('int where dict was expected')"),
    (method("_repr_mimebundle_", "return {'a b': 'x', 'text/html': 'h'}") + "display(A())", {"text/html": "h", "text/plain": "A!"}, "displays[0]: 'a b' is no MIME type"),
    (CLASS + "    def __getattr__(self, name): return lambda **o: '<i>'\ndisplay(A())", {"text/plain": "A!"}, None),
    ("class A:\n    def __repr__(self): raise ValueError\ndisplay(A())", {"text/plain": "<A: repr raised ValueError>"}, None),
    ("display(1, metadata=4)", {"text/plain": "1"}, "displays[0]: metadata left out: int where dict was expected"),
]


class Forms(unittest.TestCase):
    def test_form(self) -> None:
        for code, data in FORMS:
            with self.subTest(code=code):
                shown = show(code)
                self.assertEqual(([each["data"] for each in shown.displays], shown.left.error), ([data], None))

    def test_hostile_objects_leave_a_note(self) -> None:
        for code, data, note in HOSTILE:
            with self.subTest(code=code):
                shown = show(code)
                self.assertEqual((shown.left.ending, [each["data"] for each in shown.displays]), ("ok", [data]))
                found = [each for each in shown.notes if each.startswith("displays")]
                self.assertEqual(len(found), 0 if note is None else 1)
                self.assertTrue(note is None or found[0].startswith(note), found)

    def test_plain_values_and_objects_with_a_repr_alone_are_no_displays(self) -> None:
        for code in ("1", "'a'", "[1]", "None", CLASS + "A()", CLASS + "A", "print('x')"):
            with self.subTest(code=code):
                self.assertEqual(show(code).displays, [])

    def test_the_result_keeps_its_own_rules(self) -> None:
        shown = show("class A(dict):\n    def _repr_html_(self): return 'h'\nA(a=1)")
        self.assertEqual((shown.left.result, len(shown.displays)), ({"a": 1}, 1))

    def test_metadata_goes_with_a_display(self) -> None:
        shown = show("display(1, metadata={'image/png': {'width': 3}})")
        self.assertEqual(shown.displays[0]["metadata"], {"image/png": {"width": 3}})

    def test_more_than_allowed_are_counted(self) -> None:
        shown = show("for i in range(5): display(i)", maxDisplays=3)
        self.assertEqual([each["data"]["text/plain"] for each in shown.displays], ["0", "1", "2"])
        self.assertEqual(shown.notes, ["displays: 2 left out, more than the 3 that maxDisplays allows"])

    def test_forms_that_do_not_fit_together_go_the_largest_first(self) -> None:
        shown = show("display({'a/b': 'x' * 600, 'c/d': 'y' * 500}, raw=True)", maxDisplayBytes=1000)
        self.assertEqual([list(each["data"]) for each in shown.displays], [["c/d"]])
        self.assertEqual(shown.notes, ["displays[0]: a/b left out: all forms together are more than the 1,000 bytes of maxDisplayKb"])

    def test_a_run_that_fails_keeps_what_it_showed(self) -> None:
        shown = show("display(1)\n1/0")
        self.assertEqual((shown.left.ending, len(shown.displays)), ("error", 1))

    def test_display_can_be_blocked_and_a_variable_may_have_its_name(self) -> None:
        self.assertEqual(show("display(1)", blockedBuiltins=["display"]).left.ending, "blocked")
        self.assertEqual(show("display = 5\ndisplay").left.result, 5)

    def test_an_allow_list_of_imports_need_not_name_pungi(self) -> None:
        self.assertEqual(show("import pungi\npungi.display(1)", allowedImports=[]).left.ending, "ok")

    def test_threads_show_whole_frames(self) -> None:
        code = "import threading\nt = [threading.Thread(target=lambda n=n: display('x' * 9000)) for n in range(8)]\n[x.start() for x in t]\n[x.join() for x in t]\nNone"
        self.assertEqual(len(show(code).displays), 8)

    def test_nothing_is_sent_after_the_end(self) -> None:
        code = "import atexit\natexit.register(lambda: display('late'))\nclass A:\n    def __del__(self): display('gone')\na = A()\nNone"
        self.assertEqual([each["data"]["text/plain"] for each in show(code).displays], ["'late'"])


class Events(unittest.TestCase):
    def test_progress(self) -> None:
        shown = show("import pungi\npungi.progress(0.25, 'reading')\npungi.progress(2)\npungi.progress(None, 'x')")
        self.assertEqual(
            shown.events,
            [
                {"type": "progress", "fraction": 0.25, "text": "reading"},
                {"type": "progress", "fraction": 1.0, "text": None},
                {"type": "progress", "fraction": None, "text": "x"},
            ],
        )

    def test_progress_says_what_it_takes(self) -> None:
        for call, message in (
            ("'a'", "progress takes a number from 0 to 1 or None, not str"),
            ("True", "progress takes a number from 0 to 1 or None, not bool"),
            ("0.1, 5", "the text of a progress is a str or None, not int"),
        ):
            with self.subTest(call=call):
                self.assertEqual(show(f"import pungi\npungi.progress({call})").left.error["message"], message)

    def test_a_flood_of_progress_is_thinned_but_its_end_is_told(self) -> None:
        shown = show("import pungi\nfor i in range(5001): pungi.progress(i / 5000)")
        self.assertLess(len(shown.events), 200)
        self.assertEqual(shown.events[-1]["fraction"], 1.0)

    def test_metadata_is_told_at_once_and_whole_at_the_end(self) -> None:
        shown = show("import pungi\npungi.metadata['a'] = [1]\npungi.metadata['a'].append(2)\npungi.metadata.update(b=2 ** 60)")
        big = {"$pungi": "int", "value": str(2**60)}
        self.assertEqual(
            shown.events,
            [
                {"type": "metadata-entry", "key": "a", "value": [1]},
                {"type": "metadata-entry", "key": "b", "value": big},
                {"type": "metadata", "entries": [["a", [1, 2]], ["b", big]]},
            ],
        )

    def test_metadata_that_cannot_travel_is_its_repr(self) -> None:
        shown = show("import pungi\npungi.metadata['f'] = len")
        self.assertEqual(shown.events, [{"type": "metadata", "entries": [["f", "<built-in function len>"]]}])
        self.assertEqual(shown.notes, ["metadata['f']: builtin_function_or_method cannot travel; its repr was kept"])

    def test_another_dict_in_the_place_of_metadata_counts(self) -> None:
        shown = show("import pungi\npungi.metadata = {'k': 1}")
        self.assertEqual(shown.events, [{"type": "metadata", "entries": [["k", 1]]}])

    def test_a_key_is_text(self) -> None:
        self.assertEqual(show("import pungi\npungi.metadata[1] = 2").left.error["message"], "a key of metadata is a str, not int")

    def test_a_flood_of_metadata_is_bounded_and_its_end_is_told(self) -> None:
        shown = show("import pungi\nfor i in range(5000): pungi.metadata['i'] = i")
        self.assertEqual(len(shown.events), 1001)
        self.assertEqual(shown.events[-1], {"type": "metadata", "entries": [["i", 4999]]})

    def test_more_metadata_than_a_result_may_have_is_cut(self) -> None:
        shown = show("import pungi\nfor i in range(9): pungi.metadata[str(i)] = 'x' * 400", maxResultBytes=1000)
        self.assertEqual([entry[0] for entry in shown.events[-1]["entries"]], ["0", "1"])
        self.assertIn("metadata: more than the 1,000 bytes that maxResultKb allows; the rest was left out", shown.notes)
