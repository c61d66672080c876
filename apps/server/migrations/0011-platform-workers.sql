-- Living workers; search documents by a policy that keeps its index.

-- Worker processes that are alive: a job that a dead one held is given to another.
create table platform.worker (
  id text primary key,
  seen_at timestamptz not null
);

-- As a case, since Postgres takes "x is null or …" for true of one row in a hundred.
drop policy own_reach on platform.search_document;
create policy own_reach on platform.search_document as restrictive using (
  case when platform.current_organisation() is null and platform.current_doctor() is null then true
    else (platform.current_organisation() is null or organisation_id = platform.current_organisation())
      and (platform.current_doctor() is null or doctor_id = platform.current_doctor()) end);
