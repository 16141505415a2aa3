from typing import Iterator, Protocol

class Exporter(Protocol):
    suffix: str
    def export(self, rows: list) -> str: ...

class Csv:
    suffix = ".csv"
    def export(self, rows):
        return "\n".join(",".join(map(str, row)) for row in rows)

class Markdown:
    suffix = ".md"
    def export(self, rows):
        return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in rows)

def run(exporters: dict[str, Exporter], rows: list) -> Iterator[str]:
    for name, exporter in sorted(exporters.items()):
        yield f"report{exporter.suffix} ({name})\n{exporter.export(rows)}"

for text in run({cls.__name__.lower(): cls() for cls in (Csv, Markdown)}, [("a", 1), ("b", 2.5)]):
    print(text)
