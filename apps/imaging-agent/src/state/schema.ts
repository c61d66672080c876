/** In WAL with synchronous=normal a crash of the process loses nothing; a power cut may lose the last moments, and then the bucket knows. */
export const schema = `
  pragma journal_mode = wal;
  pragma synchronous = normal;
  pragma busy_timeout = 5000;
  create table if not exists image (
    path text primary key,
    folder text not null,
    patient_id integer,
    image_id integer,
    size integer not null,
    changed real not null,
    looked_at integer not null,
    settled integer not null,
    state text not null check (state in ('found', 'resolved', 'uploaded', 'announced', 'set_aside')),
    reason text,
    detail text,
    basis text,
    sha256 text,
    name text,
    patient_guid text,
    key text,
    attempts integer not null default 0,
    lab_state text,
    gone integer not null default 0,
    scan integer not null,
    at integer not null,
    check ((state = 'set_aside') = (reason is not null)),
    check (state not in ('resolved', 'uploaded', 'announced') or key is not null)
  ) strict;
  create index if not exists image_state on image (state, path) where gone = 0;
  create index if not exists image_folder on image (folder);
  create index if not exists image_bytes on image (sha256) where sha256 is not null;
  create index if not exists image_unsettled on image (path) where settled = 0;
  create table if not exists card (card_id text primary key, answer text not null, guid text, asked_at integer not null) strict;
  create table if not exists fact (name text primary key, value text not null) strict;
  pragma user_version = 1;
`
