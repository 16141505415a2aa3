"""Tracebacks as text in CPython's format: user frames, causes, contexts, notes and the members of groups."""
from __future__ import annotations

import builtins
from itertools import islice

MESSAGE_LIMIT = 1 << 16
_TEXT_LIMIT = 1 << 16
_CHAIN_LIMIT = 20
_GROUP_WIDTH = 15
_GROUP_DEPTH = 10
_REPEATS_SHOWN = 3
_CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"
_Group = getattr(builtins, "BaseExceptionGroup", None)


class Entry:
    """One frame of a traceback. `frame` is the living one, for its names."""

    __slots__ = ("frame", "code", "filename", "name", "line", "last_instruction")

    def __init__(self, traceback) -> None:
        self.frame = traceback.tb_frame
        self.code = self.frame.f_code
        self.filename = self.code.co_filename
        self.name = self.code.co_name
        self.line = traceback.tb_lineno
        self.last_instruction = traceback.tb_lasti


def type_name(cls: type) -> str:
    """Qualified by its module, except builtins and the program's own classes."""
    name = type.__dict__["__qualname__"].__get__(cls)
    module = type.__dict__["__module__"].__get__(cls)
    if not isinstance(module, str) or module in ("builtins", "__main__"):
        return name
    return f"{module}.{name}"


def safe_text(thing: object) -> str:
    """`str(thing)` as an exact str of bounded length, whatever its `__str__` does."""
    try:
        return str.__getitem__(str(thing), slice(0, MESSAGE_LIMIT))
    except BaseException:  # noqa: BLE001 - CPython prints the same words
        return "<exception str() failed>"


def caret_range(line: str, number: int | None, positions: tuple | None) -> tuple[int | None, int | None]:
    """First column and the one after the last, in characters from 1, of byte positions on their first line."""
    if positions is None or positions[0] != number or positions[2] is None:
        return None, None
    _, end_line, column, end_column = positions
    data = line.encode("utf-8", "surrogatepass")
    if end_line != number or end_column is None:
        end_column = len(data)
    return _characters(data, column) + 1, _characters(data, end_column) + 1


def _characters(data: bytes, offset: int) -> int:
    return len(data[:offset].decode("utf-8", "replace"))


def attribute(error: BaseException, name: str):
    """By the base class, since a subclass may have hidden it."""
    return BaseException.__dict__[name].__get__(error)


class _Writer:
    """The lines so far, and the rail of nested groups that CPython draws on their left."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.depth = 0
        # Whether the innermost group still needs its closing line.
        self.open = False

    def indent(self) -> str:
        return "  " * self.depth

    def emit(self, texts: list[str], rail: str = "|") -> None:
        if self.depth == 0:
            self.parts.extend(texts)
            return
        prefix = f"{self.indent()}{rail} "
        self.parts.extend(prefix + line + "\n" for text in texts for line in text.split("\n")[:-1])


class Formatter:
    """Formats exceptions of one run."""

    def __init__(self, sources, user_builtins: dict) -> None:
        self._sources = sources
        self._builtins = user_builtins

    def user_frames(self, traceback) -> list[Entry]:
        """Frames of user code: files of the run, and what they exec, known by the guarded builtins."""
        texts = self._sources.texts
        entries = []
        while traceback is not None:
            frame = traceback.tb_frame
            if frame.f_code.co_filename in texts or frame.f_builtins is self._builtins:
                entries.append(Entry(traceback))
            traceback = traceback.tb_next
        return entries

    def text(self, error: BaseException) -> str:
        writer = _Writer()
        self._chain(error, set(), writer)
        text = "".join(writer.parts)
        if len(text) <= _TEXT_LIMIT:
            return text
        half = _TEXT_LIMIT // 2
        return f"{text[:half]}\n[{len(text) - 2 * half} characters omitted]\n{text[-half:]}"

    def _chain(self, error: BaseException, seen: set, writer: _Writer) -> None:
        """The error and what led to it, oldest first."""
        links: list[tuple] = []
        current: BaseException | None = error
        joint = ""
        while current is not None and id(current) not in seen and len(links) < _CHAIN_LIMIT:
            seen.add(id(current))
            links.append((current, joint))
            cause = attribute(current, "__cause__")
            context = attribute(current, "__context__")
            if cause is not None:
                current, joint = cause, _CAUSE
            elif context is not None and not attribute(current, "__suppress_context__"):
                current, joint = context, _CONTEXT
            else:
                current = None
        for link, after in reversed(links):
            self._one(link, seen, writer)
            if after:
                writer.emit([after])

    def _one(self, error: BaseException, seen: set, writer: _Writer) -> None:
        entries = self.user_frames(attribute(error, "__traceback__"))
        if _Group is not None and issubclass(type(error), _Group):
            self._group(error, entries, seen, writer)
            return
        head = ["Traceback (most recent call last):\n"] if entries else []
        writer.emit([*head, *self._stack(entries), *self._final(error)])

    def _group(self, error: BaseException, entries: list[Entry], seen: set, writer: _Writer) -> None:
        if writer.depth > _GROUP_DEPTH:
            writer.emit([f"... (max_group_depth is {_GROUP_DEPTH})\n"])
            return
        outermost = writer.depth == 0
        writer.depth += outermost
        if entries:
            writer.emit(["Exception Group Traceback (most recent call last):\n"], "+" if outermost else "|")
        writer.emit([*self._stack(entries), *self._final(error)])
        members = _Group.exceptions.__get__(error)  # type: ignore[union-attr]
        shown = members[:_GROUP_WIDTH]
        count = len(shown) + (len(members) > len(shown))
        writer.open = False
        for index in range(count):
            if index == count - 1:
                writer.open = True
            title = str(index + 1) if index < len(shown) else "..."
            corner = "+-" if index == 0 else "  "
            writer.parts.append(f"{writer.indent()}{corner}+---------------- {title} ----------------\n")
            writer.depth += 1
            if index < len(shown):
                self._chain(shown[index], seen, writer)
            else:
                more = len(members) - len(shown)
                writer.emit([f"and {more} more exception{'s' if more > 1 else ''}\n"])
            if index == count - 1 and writer.open:
                writer.parts.append(f"{writer.indent()}+------------------------------------\n")
                writer.open = False
            writer.depth -= 1
        writer.depth -= outermost

    def _stack(self, entries: list[Entry]) -> list[str]:
        parts: list[str] = []
        previous = None
        repeats = previous_repeats = 0
        for entry in entries:
            key = (entry.filename, entry.line, entry.name)
            repeats = repeats + 1 if key == previous else 1
            if key != previous and previous is not None:
                parts.extend(_repeated(previous_repeats))
            previous, previous_repeats = key, repeats
            if repeats <= _REPEATS_SHOWN:
                parts.extend(self._frame(entry))
        if entries:
            parts.extend(_repeated(repeats))
        return parts

    def _frame(self, entry: Entry) -> list[str]:
        parts = [f'  File "{entry.filename}", line {entry.line}, in {entry.name}\n']
        line = self._sources.line(entry.filename, entry.line)
        bare = line.strip()
        if not bare:
            return parts
        parts.append(f"    {bare}\n")
        find = getattr(entry.code, "co_positions", None)
        if find is not None and entry.last_instruction >= 0:
            positions = next(islice(find(), entry.last_instruction // 2, None), None)
            first, end = caret_range(line, entry.line, positions)
            indent = len(line) - len(line.lstrip())
            # Like CPython: no carets when they would underline the whole line.
            if first is not None and end is not None and bare != line[first - 1 : end - 1].strip():
                parts.append(f"    {' ' * (first - 1 - indent)}{'^' * max(1, end - first)}\n")
        return parts

    def _final(self, error: BaseException) -> list[str]:
        name = type_name(type(error))
        parts = self._syntax(error) if issubclass(type(error), SyntaxError) else []  # type: ignore[arg-type]
        message = error.msg if parts else safe_text(error)  # type: ignore[attr-defined]
        message = message if isinstance(message, str) else safe_text(message)
        parts.append(f"{name}: {message}\n" if message else f"{name}\n")
        notes = getattr(error, "__notes__", None)
        if isinstance(notes, list):
            parts.extend(f"{safe_text(note)}\n" for note in list(notes)[:100])
        return parts

    def _syntax(self, error: SyntaxError) -> list[str]:
        """The file, line and caret form; empty when the error does not say where."""
        line = error.lineno
        if not isinstance(line, int):
            return []
        parts = [f'  File "{safe_text(error.filename or "<string>")}", line {line}\n']
        text = error.text if isinstance(error.text, str) else self._sources.line(str(error.filename), line)
        text = text.split("\n", 1)[0]
        bare = text.strip()
        if not bare:
            return parts
        parts.append(f"    {bare}\n")
        offset = error.offset
        if isinstance(offset, int) and offset > 0:
            start = offset - 1 - (len(text) - len(text.lstrip()))
            end = getattr(error, "end_offset", None)
            wide = isinstance(end, int) and getattr(error, "end_lineno", None) == line
            width = end - offset if wide else 1  # type: ignore[operator]
            parts.append(f"    {' ' * max(0, start)}{'^' * max(1, min(width, len(bare) - max(0, start)))}\n")
        return parts


def _repeated(count: int) -> list[str]:
    more = count - _REPEATS_SHOWN
    return [f"  [Previous line repeated {more} more time{'s' if more > 1 else ''}]\n"] if more > 0 else []
