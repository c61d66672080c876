-- What partners tell us: an address of their own, how they prove who they are, and what their codes mean here.

create table integrations.endpoint (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  version integer not null default 1,
  name text collate "und-x-icu" not null,
  -- SHA-256 of the last part of the address; the address is shown once.
  token_hash bytea not null constraint endpoint_token unique,
  verification text not null check (verification in ('signature', 'token', 'basic')),
  secret text not null,
  -- The account that commands run as, with its permissions.
  account_id bigint not null,
  operations text[] not null,
  disabled boolean not null default false,
  last_at timestamptz,
  constraint endpoint_name unique (lab_id, name)
);
select platform.protect('integrations.endpoint');

-- Which lab a caller speaks to is known only after its address was looked up.
create function integrations.endpoint_by_token(hash bytea) returns table (id bigint, lab_id bigint)
  language sql stable security definer set search_path = pg_catalog, integrations
  as $$ select e.id, e.lab_id from integrations.endpoint e where e.token_hash = hash and not e.disabled $$;
revoke execute on function integrations.endpoint_by_token from public;
grant execute on function integrations.endpoint_by_token to aliquot_app;

create table integrations.code (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  endpoint_id bigint not null references integrations.endpoint (id),
  kind text not null check (kind in ('test', 'panel', 'organisation', 'doctor')),
  theirs text not null,
  ours bigint not null,
  constraint code_once unique (endpoint_id, kind, theirs)
);
select platform.protect('integrations.code');

-- Each request that was verified. Of one key only one can have succeeded.
create table integrations.request (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  endpoint_id bigint not null references integrations.endpoint (id),
  key text,
  sha256 bytea not null,
  at timestamptz not null,
  operation text,
  headers jsonb not null,
  body text not null,
  status integer not null,
  answer jsonb not null,
  patient_id bigint
);
create unique index request_once on integrations.request (endpoint_id, key) where status < 300;
create index request_recent on integrations.request (lab_id, id desc);
create index request_endpoint on integrations.request (lab_id, endpoint_id, id desc);
select platform.protect('integrations.request');
