export interface Held {
  readonly name: string;
  readonly most: number;
  readonly attempt: number;
  readonly ratios: readonly number[];
  readonly median: number;
  readonly verdict: 'met' | 'missed, within the noise' | 'clearly missed';
}

export declare function judgePairs(ratios: readonly number[], most: number): Pick<Held, 'median' | 'verdict'>;

export declare function hold(
  target: {
    readonly name: string;
    readonly most: number;
    readonly takePairs: () => Promise<readonly number[]>;
  },
  pause?: () => Promise<void>,
): Promise<Held>;

export declare function heldLine(held: Held): string;
