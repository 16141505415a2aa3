import logging
import logging.config
from pathlib import Path

logging.config.dictConfig({
    "version": 1,
    "formatters": {"short": {"format": "{levelname}|{message}", "style": "{"}},
    "handlers": {
        "file": {"class": "logging.handlers.RotatingFileHandler", "filename": "app.log", "maxBytes": 200, "backupCount": 2, "formatter": "short"},
        "null": {"class": "logging.NullHandler"},
    },
    "loggers": {"rotating": {"level": "DEBUG", "handlers": ["file", "null"]}},
})
log = logging.getLogger("rotating")
for n in range(25):
    log.log(logging.DEBUG if n % 2 else logging.ERROR, "message number %d", n)
logging.shutdown()
for path in sorted(Path(".").glob("app.log*")):
    print(path.name, path.stat().st_size, path.read_text().splitlines()[-1])
adapter = logging.LoggerAdapter(log, {"id": 7})
print(adapter.process("hello", {}))
