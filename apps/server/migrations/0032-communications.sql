-- Messages to patients, doctors and organisations: when they are sent, what they say, how they go out, and what became of each.

create schema communications;
grant usage on schema communications to aliquot_app;

-- Only what differs from the defaults, in the shape of the contract's MessageSettings.
create table communications.setting (
  lab_id bigint primary key,
  version integer not null default 1,
  values jsonb not null
);

create table communications.template (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  version integer not null default 1,
  name text collate "und-x-icu" not null,
  channel text not null check (channel in ('sms', 'whatsapp', 'email')),
  -- What its placeholders are about.
  scope text not null check (scope in ('patient', 'order', 'report', 'bill')),
  -- One text for each language; the first is said to whoever has another language.
  texts jsonb not null,
  disabled boolean not null default false,
  constraint template_name unique (lab_id, name),
  unique (lab_id, id)
);

create table communications.trigger (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  version integer not null default 1,
  name text collate "und-x-icu" not null,
  event text not null,
  recipients jsonb not null,
  template_ids bigint[] not null,
  attach_report boolean not null,
  delay_minutes integer not null check (delay_minutes between 0 and 43200),
  breaks_quiet_hours boolean not null,
  disabled boolean not null default false,
  constraint trigger_name unique (lab_id, name)
);
create index trigger_event on communications.trigger (lab_id, event) where not disabled;

-- An account with somebody who delivers messages. Credentials are sealed by ALIQUOT_SECRET.
create table communications.provider (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  version integer not null default 1,
  name text collate "und-x-icu" not null,
  channel text not null check (channel in ('sms', 'whatsapp', 'email')),
  driver text not null,
  config jsonb not null,
  secrets text not null,
  in_use boolean not null,
  -- 144 random bits in the address that the provider reports to.
  callback_key text not null default encode(public.gen_random_bytes(18), 'hex'),
  constraint provider_name unique (lab_id, name),
  constraint provider_callback_key unique (callback_key)
);
create unique index provider_in_use on communications.provider (lab_id, channel) where in_use;

create table communications.consent (
  patient_id bigint primary key references patients.patient (id),
  lab_id bigint not null,
  version integer not null default 1,
  -- Null: not asked.
  sms boolean,
  whatsapp boolean,
  email boolean,
  language text,
  at timestamptz not null,
  by jsonb not null
);

create table communications.delivery (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  trigger_id bigint references communications.trigger (id),
  template_id bigint references communications.template (id),
  -- Null: sent by hand.
  event text,
  channel text not null check (channel in ('sms', 'whatsapp', 'email')),
  state text not null check (state in ('pending', 'sending', 'sent', 'delivered', 'failed', 'dead', 'skipped')),
  -- A word for why it was skipped, put off or failed; the provider's own words are in the attempts.
  reason text,
  recipient_kind text not null check (recipient_kind in ('patient', 'doctor', 'organisation', 'fixed')),
  recipient_name text not null,
  -- Null: none is known.
  address text,
  patient_id bigint references patients.patient (id),
  accession_id bigint,
  bill_id bigint,
  report_ids bigint[] not null default '{}',
  attach_report boolean not null,
  breaks_quiet_hours boolean not null,
  language text not null,
  subject text,
  -- {report.link} stands for the link, which is made of the delivery's number when the message goes out.
  body text not null,
  whatsapp jsonb,
  -- Of the event.
  at timestamptz not null,
  next_at timestamptz not null,
  tries integer not null default 0,
  -- The provider's idempotency key: the same for all tries, another when somebody sends it again.
  key text not null default gen_random_uuid()::text,
  provider_id bigint references communications.provider (id),
  driver text,
  provider_message_id text,
  sent_at timestamptz,
  delivered_at timestamptz,
  by jsonb not null
);
create index delivery_recent on communications.delivery (lab_id, id desc);
create index delivery_at on communications.delivery (lab_id, at);
create index delivery_patient on communications.delivery (lab_id, patient_id, id desc) where patient_id is not null;
create index delivery_state on communications.delivery (lab_id, state, id desc) where state not in ('sent', 'delivered', 'skipped');
create index delivery_open on communications.delivery (lab_id, trigger_id, accession_id) where state = 'pending' and accession_id is not null;
create index delivery_address on communications.delivery (lab_id, channel, address, sent_at desc) where sent_at is not null;
create index delivery_reports on communications.delivery using gin (report_ids);
create unique index delivery_key on communications.delivery (key);
create index delivery_provider_message on communications.delivery (lab_id, provider_message_id) where provider_message_id is not null;

-- One row for each event, trigger, recipient and channel: an event that is looked at twice is one message.
create table communications.delivery_event (
  lab_id bigint not null,
  key text not null,
  primary key (lab_id, key)
);

create table communications.attempt (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  delivery_id bigint not null references communications.delivery (id),
  started_at timestamptz not null,
  ended_at timestamptz,
  driver text not null,
  outcome text check (outcome in ('accepted', 'refused', 'no_answer')),
  -- The beginning of what the provider answered, without credentials and addresses.
  answer text not null default ''
);
create index attempt_delivery on communications.attempt (delivery_id, id);

-- What a patient's link opens, until when.
create table communications.report_link (
  -- The token in the link is the delivery's number and a signature over it.
  delivery_id bigint primary key references communications.delivery (id),
  lab_id bigint not null,
  patient_id bigint not null references patients.patient (id),
  expires_at timestamptz not null,
  ask_birth_date boolean not null,
  opened integer not null default 0,
  last_opened_at timestamptz,
  wrong_tries integer not null default 0,
  locked_until timestamptz
);

select platform.protect(table_name) from unnest(array['communications.setting', 'communications.template', 'communications.trigger',
  'communications.provider', 'communications.consent', 'communications.delivery', 'communications.delivery_event', 'communications.attempt',
  'communications.report_link']::regclass[]) as table_name;
-- Portal users have nothing to do with messages.
do $$ declare child text; begin
  foreach child in array array['setting', 'template', 'trigger', 'provider', 'consent', 'delivery', 'delivery_event', 'attempt', 'report_link'] loop
    execute format('create policy staff_only on communications.%I as restrictive using (
      case when platform.current_organisation() is null and platform.current_doctor() is null then true else false end)', child);
  end loop;
end $$;

-- Whose a link or a callback address is, asked before there is a lab to ask in.
create function communications.lab_of_link(link bigint) returns bigint language sql stable security definer set search_path = pg_catalog
  begin atomic; select lab_id from communications.report_link where delivery_id = link; end;
create function communications.lab_of_callback(of_key text) returns table (lab_id bigint, provider_id bigint) language sql stable security definer
  set search_path = pg_catalog begin atomic; select lab_id, id from communications.provider where callback_key = of_key; end;
revoke execute on function communications.lab_of_link, communications.lab_of_callback from public;
grant execute on function communications.lab_of_link, communications.lab_of_callback to aliquot_app;
