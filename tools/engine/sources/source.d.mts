import type { Engine } from "../engine.mjs";

/** Settings that every source receives. */
export interface SourceOptions {
  /** The environment, passed on to all commands; PATH, HOME and XDG_CACHE_HOME are read from it. */
  env: NodeJS.ProcessEnv;
  /** Receives lines of progress. */
  log: (line: string) => void;
  /** The address that must answer before a download starts. */
  site: string;
  /** The program that downloads, called with the folder to install into and the version. */
  installer: string;
  /** Milliseconds between two lines that report the elapsed time of a slow step. */
  progressEveryMs: number;
}

/** The engine, or the reason why this source has none. */
export type Outcome = { engine: Engine; reason?: undefined } | { engine?: undefined; reason: string };

/** A place to get an engine from. The message of a thrown error is a reason as well. */
export type Source = (options: SourceOptions) => Promise<Outcome>;
