-- Partners that are told what happens in the lab, and everything said between us.

create schema integrations;
grant usage on schema integrations to aliquot_app;

create table integrations.partner (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  version integer not null default 1,
  name text collate "und-x-icu" not null,
  url text not null,
  actions text[] not null,
  -- Only what concerns this organisation; null: everything.
  organisation_id bigint,
  -- Sealed: header names and values as JSON; the newest secret first, the one before it until it is dropped.
  headers text not null,
  secrets text[] not null,
  hide_personal boolean not null default true,
  timeout_seconds integer not null default 15,
  -- Tries in all, seconds until the second one, and the troubles that are worth another try.
  attempts integer not null default 8,
  first_delay_seconds integer not null default 30,
  retry_on text[] not null,
  disabled boolean not null default false,
  -- Events later than this row of the activity log are told.
  since_activity bigint not null,
  -- The circuit: failures in a row, and until when nothing is sent.
  failures integer not null default 0,
  open_until timestamptz,
  failing_since timestamptz,
  last_success_at timestamptz,
  trouble text,
  constraint partner_name unique (lab_id, name)
);
select platform.protect('integrations.partner');

-- One event for one partner. Of one subject, only the oldest that is still pending may be sent.
create table integrations.delivery (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  partner_id bigint not null references integrations.partner (id),
  activity_id bigint not null,
  action text not null,
  subject_type text not null,
  subject_id bigint not null,
  patient_id bigint,
  happened_at timestamptz not null,
  message text not null,
  state text not null default 'pending' check (state in ('pending', 'delivered', 'failed', 'dropped')),
  attempts integer not null default 0,
  due_at timestamptz not null,
  -- Whoever sends it holds it until then; when that process dies, another goes on.
  held_until timestamptz,
  delivered_at timestamptz,
  trouble text,
  constraint delivery_once unique (partner_id, activity_id)
);
create index delivery_waiting on integrations.delivery (partner_id, subject_type, subject_id, activity_id) where state = 'pending';
create index delivery_due on integrations.delivery (partner_id, due_at) where state = 'pending';
create index delivery_recent on integrations.delivery (lab_id, id desc);
create index delivery_patient on integrations.delivery (lab_id, patient_id, id desc) where patient_id is not null;
select platform.protect('integrations.delivery');

-- Each request and its answer, secrets taken out.
create table integrations.exchange (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  partner_id bigint references integrations.partner (id),
  delivery_id bigint references integrations.delivery (id),
  at timestamptz not null,
  milliseconds integer not null,
  url text not null,
  request_headers jsonb not null,
  request_body text not null,
  status integer,
  answer_headers jsonb not null default '{}',
  answer_body text not null default '',
  trouble text
);
create index exchange_delivery on integrations.exchange (delivery_id, id);
create index exchange_partner on integrations.exchange (lab_id, partner_id, id desc);
select platform.protect('integrations.exchange');
