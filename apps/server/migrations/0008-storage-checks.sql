-- The ledger carries a file from its upload through its check to its use.

-- Checking takes the bytes from `source_path` and writes what it checked to `final_path`; `path` is where the file can be found now.
alter table storage.object
  add column cloud_doc_id text,
  add column temporary_path text,
  add column final_path text,
  add column compatible_path text,
  -- The bytes as uploaded, where the stored ones differ from them.
  add column original_path text,
  add column original_sha256 text,
  add column source_path text,
  -- What the uploader says that the bytes hash to; hex.
  add column announced_sha256 text,
  -- As stored: an image becomes a PDF, a repaired file changes its size.
  add column stored_size bigint check (stored_size > 0),
  add column pages integer check (pages > 0),
  add column treatment text check (treatment in ('kept', 'repaired', 'converted', 'merged', 'stamped')),
  add column notice text,
  -- A PDF that carries a digital signature: what is printed on it breaks the signature.
  add column digitally_signed boolean not null default false,
  -- A record uses this file as soon as its check is over.
  add column claimed_at timestamptz,
  add column checked_at timestamptz,
  add column check_attempts integer not null default 0,
  add column check_trouble text,
  -- This object is made of these, in this order: several uploads merged (then it has no source of its own), or one that was stamped.
  add column parts bigint[];
update storage.object set cloud_doc_id = id::text, temporary_path = path, final_path = path, compatible_path = path, source_path = path,
  stored_size = size, checked_at = verified_at, treatment = case when verified_at is not null then 'kept' end;
alter table storage.object
  alter column cloud_doc_id set not null, alter column temporary_path set not null, alter column final_path set not null,
  alter column compatible_path set not null,
  add constraint object_temporary_path unique (temporary_path),
  add constraint object_final_path unique (final_path);
create index object_compatible on storage.object (lab_id, compatible_path, id desc);
create index object_original on storage.object (original_path) where original_path is not null;
-- What is being made of a file among others.
create index object_parts on storage.object using gin (parts) where parts is not null and state = 'uploaded';
create index object_recent on storage.object (lab_id, id desc);
drop index storage.object_unused;
-- Few at any time: what waits for its bytes, its check or its use.
create index object_unused on storage.object (lab_id, created_at) where state in ('reserved', 'uploaded', 'verified') and claimed_at is null;

drop view storage.pub_object;
create view storage.pub_object with (security_invoker = true) as
  select id, lab_id, path, file_name, content_type, coalesce(stored_size, size) as size, sha256, category, state, patient_id, pages, treatment, notice,
    digitally_signed, refused_because, created_at
  from storage.object;
grant select on storage.pub_object to aliquot_app;

create view storage.search_object with (security_invoker = true) as
  select lab_id, id as subject_id, file_name as title, concat_ws(' · ', category, state, to_char(created_at, 'YYYY-MM-DD')) as subtitle,
    '/storage?object=' || id as url, concat_ws(' ', file_name, path, temporary_path, sha256) as body,
    null::bigint as organisation_id, null::bigint as doctor_id, patient_id, created_at as at
  from storage.object;
grant select on storage.search_object to aliquot_app;
