/** Where the harness is, and what its zygote loads. */
export interface HarnessPlaces {
  /** Holds the Python package `pungi_harness`. */
  readonly directory: string;
  /** Existing directory for the harness's cached bytecode; `null` where no safe one can be written. */
  readonly bytecodeDirectory: string | null;
  /** Modules to import in the zygote. */
  readonly preload: readonly string[];
}
