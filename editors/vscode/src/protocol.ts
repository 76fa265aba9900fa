// What hegao's own messages carry, beyond the Language Server Protocol.
import { NotificationType, type Range, RequestType } from 'vscode-languageclient/node';

/** `hegao/status`: about a project, or with `uri` about a draft. */
export interface Status {
  uri?: string;
  version?: number;
  asOf: string;
  origin: 'option' | 'front-matter' | 'file-name' | 'config' | 'today';
  originText: string;
  revision: number;
  config?: string;
  counts: {
    entries: number;
    problems: number;
    error?: number;
    warning?: number;
    info?: number;
    hint?: number;
  };
}

export const StatusNotification = new NotificationType<Status>('hegao/status');

/** An entry of the project's own lexicon, as `hegao/entries` lists it. */
export interface Entry {
  id: string;
  kind: 'person' | 'organization' | 'place' | 'slogan' | 'term' | 'document' | 'precedence';
  name: string;
  /** Where the entry is written. */
  uri: string;
  range: Range;
  /** A person's posts. */
  posts?: { title: string; time: string; held: boolean }[];
  /** The names of what a place lies in, from the province down, on the as-of date. */
  within?: string[];
}

export interface Entries {
  asOf: string;
  entries: Entry[];
}

/** Lists the entries of the project in force for a draft, or for the first workspace folder. */
export const EntriesRequest = new RequestType<{ uri?: string }, Entries, void>('hegao/entries');
