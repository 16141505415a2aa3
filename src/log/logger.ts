import { PungiError } from '../errors/pungi-error.js';
import { LOG_VARIABLE } from '../policy/from-env.js';
import { showValue } from '../policy/show-value.js';

/** Takes what pungi has to say about its own work: any object with these four, such as `console` or pino. */
export interface Logger {
  debug(message: string, facts: LogFacts): void;
  info(message: string, facts: LogFacts): void;
  warn(message: string, facts: LogFacts): void;
  error(message: string, facts: LogFacts): void;
}

export type LogFacts = Readonly<Record<string, unknown>>;

type Level = keyof Logger;
const LEVELS: readonly string[] = ['debug', 'info', 'warn', 'error'] satisfies Level[];
const SILENT = 'silent';
const nothing = (): void => undefined;
const SILENCE: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** The option `logger`; without it what `PUNGI_LOG_LEVEL` asks for, which is silence when it is not set. */
export function resolveLogger(given: unknown, env: Readonly<Record<string, string | undefined>>): Logger {
  if (given === undefined) return stderrLogger(env[LOG_VARIABLE]);
  if (isLogger(given)) return guarded(given);
  throw invalid(
    'logger',
    `\`logger\` is ${showValue(given)}; allowed: an object with ${LEVELS.join(', ')}.`,
    'Pass for example `console`.',
  );
}

function isLogger(value: unknown): value is Logger {
  return (
    typeof value === 'object' &&
    value !== null &&
    LEVELS.every((level) => typeof Reflect.get(value, level) === 'function')
  );
}

/** What a logger throws is told as a warning of Node: it is no fault of the pool or the run that it was told of. */
function guarded(logger: Logger): Logger {
  const guard = (level: Level) => (message: string, facts: LogFacts) => {
    try {
      logger[level](message, facts);
    } catch (error) {
      process.emitWarning(
        `The logger of pungi threw: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  };
  return { debug: guard('debug'), info: guard('info'), warn: guard('warn'), error: guard('error') };
}

/** A line on stderr for each message of the level and above. */
function stderrLogger(asked: string | undefined): Logger {
  if (asked === undefined || asked === '' || asked === SILENT) return SILENCE;
  const least = LEVELS.indexOf(asked);
  if (least === -1) {
    throw invalid(
      LOG_VARIABLE,
      `${LOG_VARIABLE} is '${asked}'; allowed: ${LEVELS.join(', ')}, ${SILENT}.`,
      `Set ${LOG_VARIABLE} to one of these.`,
    );
  }
  const at = (level: Level) => (message: string, facts: LogFacts) => {
    if (LEVELS.indexOf(level) >= least)
      process.stderr.write(`pungi ${level}: ${message} ${JSON.stringify(facts)}\n`);
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function invalid(argument: string, message: string, hint: string): PungiError {
  return new PungiError('INVALID_INPUT', message, { hint, details: { argument } });
}
