-- Instruments: how they speak, everything that they sent, and what became of it.

create schema devices;
grant usage on schema devices to aliquot_app;

create table devices.profile (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  name text collate "und-x-icu" not null,
  version integer not null default 1,
  constraint profile_name unique (lab_id, name)
);
-- Versions are kept: a message remembers by which it was read.
create table devices.profile_version (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  profile_id bigint not null references devices.profile (id),
  version integer not null,
  definition jsonb not null,
  note text not null,
  at timestamptz not null,
  by jsonb not null,
  constraint profile_version_number unique (profile_id, version)
);

-- A port is listened on by one process, for one lab: of all labs of this database.
create table devices.port (
  port integer primary key check (port between 1024 and 65535),
  lab_id bigint not null,
  -- Written by the process that listens; old when none does.
  holder text,
  listening boolean not null default false,
  trouble text,
  connections integer not null default 0,
  seen_at timestamptz
);

create table devices.instrument (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  version integer not null default 1,
  code text not null,
  name text collate "und-x-icu" not null,
  model text not null,
  serial text not null,
  department_id bigint,
  profile_id bigint not null references devices.profile (id),
  port integer not null references devices.port (port),
  -- Addresses that it may come from; none: any that no other instrument of the port claims.
  peers text[] not null,
  mappings jsonb not null,
  auto_release boolean not null,
  auto_complete boolean not null,
  auto_verify boolean not null,
  auto_sign_by bigint,
  delta_percent integer not null,
  disabled boolean not null default false,
  last_message_at timestamptz,
  last_peer text,
  constraint instrument_code unique (lab_id, code)
);
create index instrument_port on devices.instrument (port);

-- The inbox. A row is committed before its message is acknowledged; the bytes are what came over the line, framing taken off.
create table devices.message (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  port integer not null,
  peer text not null,
  -- json: handed over by an integration.
  protocol text not null check (protocol in ('hl7', 'astm', 'astm_unframed', 'json')),
  received_at timestamptz not null,
  bytes bytea not null,
  sha256 text not null,
  control_id text,
  -- What was answered, to be sent again when the same bytes come again.
  answer bytea,
  copies integer not null default 1,
  instrument_id bigint references devices.instrument (id),
  profile_version_id bigint references devices.profile_version (id),
  kind text not null default 'other' check (kind in ('results', 'query', 'qc', 'other')),
  state text not null check (state in ('stored', 'processed', 'held', 'rejected', 'incomplete', 'dismissed')),
  reason text,
  detail text,
  sample_ids text[] not null default '{}',
  processed_at timestamptz,
  -- The same bytes on the same line are the same message, sent again since its answer was lost.
  constraint message_once unique (lab_id, port, sha256)
);
create index message_recent on devices.message (lab_id, id desc);
create index message_waiting on devices.message (lab_id, id) where state = 'stored';
create index message_instrument on devices.message (lab_id, instrument_id, id desc);
create index message_held on devices.message (lab_id, id desc) where state in ('held', 'rejected', 'incomplete');

create table devices.result (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  version integer not null default 1,
  message_id bigint not null references devices.message (id),
  -- Its place in the message.
  position integer not null,
  instrument_id bigint references devices.instrument (id),
  sample_id text not null,
  test_code text not null,
  value text not null,
  unit text not null,
  flags text[] not null,
  status text not null,
  measured_at timestamptz,
  comments text[] not null,
  state text not null check (state in ('waiting', 'held', 'released', 'dismissed', 'qc')),
  reason text,
  detail text,
  report_id bigint,
  patient_id bigint,
  parameter_code text,
  -- In the unit of the report; the flag that its range gives.
  result text,
  result_unit text,
  result_flag text,
  -- Said by hand to belong to this specimen.
  matched_specimen text,
  received_at timestamptz not null,
  decided_at timestamptz,
  decided_by bigint,
  constraint result_place unique (message_id, position)
);
create index result_queue on devices.result (lab_id, id desc) where state in ('waiting', 'held');
create index result_recent on devices.result (lab_id, id desc);
create index result_report on devices.result (lab_id, report_id) where report_id is not null;
create index result_unmapped on devices.result (lab_id, instrument_id, test_code) where state = 'held' and reason = 'unmapped_test';

create table devices.qc_lot (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  version integer not null default 1,
  instrument_id bigint not null references devices.instrument (id),
  parameter text not null,
  control text not null,
  level text not null,
  lot text not null,
  unit text not null,
  mean double precision not null,
  sd double precision not null check (sd > 0),
  valid_from date not null,
  valid_to date,
  disabled boolean not null default false,
  constraint qc_lot_once unique (lab_id, instrument_id, parameter, control, level, lot)
);
create table devices.qc_result (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  lot_id bigint not null references devices.qc_lot (id),
  message_id bigint references devices.message (id),
  position integer,
  at timestamptz not null,
  value double precision not null,
  z double precision not null,
  verdict text not null check (verdict in ('ok', 'warning', 'reject')),
  rules text[] not null,
  comment text,
  commented_by bigint,
  commented_at timestamptz,
  constraint qc_result_place unique (message_id, position)
);
create index qc_result_chart on devices.qc_result (lot_id, at desc, id desc);

-- Orders to be downloaded to an instrument as soon as it is connected.
create table devices.order_out (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  instrument_id bigint not null references devices.instrument (id),
  specimen_numbers text[] not null,
  state text not null check (state in ('queued', 'sent', 'failed')),
  created_at timestamptz not null,
  sent_at timestamptz,
  trouble text
);
create index order_out_queued on devices.order_out (lab_id, instrument_id, id) where state = 'queued';

select platform.protect(table_name) from unnest(array['devices.profile', 'devices.profile_version', 'devices.port', 'devices.instrument', 'devices.message',
  'devices.result', 'devices.qc_lot', 'devices.qc_result', 'devices.order_out']::regclass[]) as table_name;
-- Portal users have nothing to do with instruments.
do $$ declare child text; begin
  foreach child in array array['profile', 'profile_version', 'port', 'instrument', 'message', 'result', 'qc_lot', 'qc_result', 'order_out'] loop
    execute format('create policy staff_only on devices.%I as restrictive using (
      case when platform.current_organisation() is null and platform.current_doctor() is null then true else false end)', child);
  end loop;
end $$;

-- For the process that listens, which belongs to no lab: every port with the instruments on it.
create function devices.open_ports() returns table (port integer, lab_id bigint, instruments jsonb) language sql stable security definer
  set search_path = pg_catalog as $$
  select p.port, p.lab_id, jsonb_agg(jsonb_build_object('id', i.id, 'code', i.code, 'peers', i.peers, 'profileVersionId', v.id, 'definition', v.definition)
    order by i.id)
  from devices.port p join devices.instrument i on i.port = p.port and i.lab_id = p.lab_id and not i.disabled
    join devices.profile f on f.id = i.profile_id join devices.profile_version v on v.profile_id = f.id and v.version = f.version
  group by p.port, p.lab_id $$;
-- What that process says about a port.
create function devices.note_port(which integer, by_holder text, is_listening boolean, what_trouble text, how_many integer) returns void language sql
  security definer set search_path = pg_catalog as $$
  update devices.port set holder = by_holder, listening = is_listening, trouble = what_trouble, connections = how_many, seen_at = now() where port = which $$;
revoke execute on function devices.open_ports, devices.note_port from public;
grant execute on function devices.open_ports, devices.note_port to aliquot_app;
