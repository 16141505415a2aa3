/** Programs that run with the same packages loaded: one folder, or several, of `programs`. */
export interface Group {
  readonly name: string;
  readonly folders: readonly string[];
  /** Imported once, in the runner and in the bare interpreter; without them the group cannot run. */
  readonly packages: readonly string[];
}

const STANDARD: readonly Group[] = [
  {
    name: 'text, numbers and data',
    folders: ['text', 'numbers', 'containers', 'formats', 'bytes', 'dates'],
    packages: [],
  },
  {
    name: 'language, files and concurrency',
    folders: [
      'language',
      'introspection',
      'files',
      'databases',
      'concurrency',
      'tools',
      'network',
      'puzzles',
    ],
    packages: [],
  },
];

const PACKAGES: readonly Group[] = [
  { name: 'arrays and tables', folders: ['numpy', 'pandas'], packages: ['numpy', 'pandas'] },
  {
    name: 'pictures',
    folders: ['matplotlib', 'pillow'],
    packages: ['numpy', 'matplotlib.pyplot', 'PIL.Image'],
  },
  {
    name: 'science',
    folders: ['scipy', 'sklearn'],
    packages: [
      'numpy',
      'pandas',
      'scipy.stats',
      'scipy.optimize',
      'scipy.signal',
      'sklearn.ensemble',
      'sklearn.pipeline',
    ],
  },
  { name: 'symbols and graphs', folders: ['sympy', 'networkx'], packages: ['sympy', 'networkx'] },
  {
    name: 'documents and services',
    folders: ['documents', 'packages'],
    packages: ['lxml', 'openpyxl', 'bs4', 'yaml', 'jinja2', 'requests', 'dateutil', 'tabulate', 'pygments'],
  },
];

export const GROUPS = { standard: STANDARD, packages: PACKAGES } as const;
