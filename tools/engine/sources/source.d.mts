import type { Engine } from "../engine.mjs";

/** What a way to an engine has to work with. */
export interface Surroundings {
  /** The environment: PATH, HOME and XDG_CACHE_HOME are looked at, all of it goes to the commands that are run. */
  env: NodeJS.ProcessEnv;
  /** Takes one line of progress. */
  log: (line: string) => void;
  /** What has to be within reach before a download starts. */
  site: string;
  /** The program that downloads: it is called with the folder to install into and the version. */
  installer: string;
  /** Milliseconds between two lines about the time that a slow step has taken so far. */
  progressEveryMs: number;
}

/** The engine, or why this way leads to none; throwing is one more way to give a reason. */
export type Outcome = { engine: Engine; reason?: undefined } | { engine?: undefined; reason: string };

/** One way to come by an engine. */
export type Way = (surroundings: Surroundings) => Promise<Outcome>;
