-- Details that a patient or a bill lacks: which fields may hold a placeholder, which placeholder the lab chose, and every record that holds one.

create schema missing_details;
grant usage on schema missing_details to aliquot_app;

-- The catalogue of fields, the same for all labs. fields.ts says how each is read; a test holds the two equal.
create table missing_details.template (
  id integer primary key,
  module text not null,
  name text not null,
  category text not null,
  label text not null,
  -- The kind of directory entry that the field names: organisation, doctor; null where it holds text.
  entity text,
  constraint template_name unique (module, name)
);
grant select on missing_details.template to aliquot_app;
insert into missing_details.template (id, module, name, category, label, entity) values
  (1, 'patients', 'title', 'identity', 'Title', null),
  (2, 'patients', 'fullName', 'identity', 'Full name', null),
  (3, 'patients', 'sex', 'identity', 'Sex', null),
  (4, 'patients', 'birthDate', 'identity', 'Date of birth', null),
  (5, 'patients', 'birthDateEstimated', 'identity', 'Date of birth known only as an age', null),
  (6, 'patients', 'nationalId', 'identity', 'National id', null),
  (7, 'patients', 'idProof', 'identity', 'Id proof', null),
  (8, 'patients', 'phone', 'contact', 'Phone', null),
  (9, 'patients', 'email', 'contact', 'E-mail', null),
  (10, 'patients', 'address', 'contact', 'Address', null),
  (11, 'patients', 'city', 'contact', 'City', null),
  (12, 'patients', 'pincode', 'contact', 'Pincode', null),
  (13, 'patients', 'organisation', 'referral', 'Organisation', 'organisation'),
  (14, 'patients', 'doctor', 'referral', 'Referring doctor', 'doctor'),
  (15, 'patients', 'source', 'visit', 'How the patient came', null),
  (16, 'patients', 'notes', 'visit', 'Notes', null),
  (17, 'billing', 'organisation', 'referral', 'Organisation of the bill', 'organisation'),
  (18, 'billing', 'doctor', 'referral', 'Doctor of the bill', 'doctor'),
  (19, 'billing', 'icd', 'order', 'ICD-10 code', null),
  (20, 'billing', 'priority', 'order', 'Priority', null),
  (21, 'billing', 'discountReason', 'payment', 'Reason of the discount', null),
  (22, 'billing', 'notes', 'order', 'Notes of the bill', null);

-- A field that the lab watches. Disabled, it opens no more incidents and hides those it has; they show again when it is enabled.
create table missing_details.configuration (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  version integer not null default 1,
  template_id integer not null references missing_details.template (id),
  value text not null,
  -- What a value is compared by: the placeholder folded, or # and the id of the directory entry that it names.
  match_key text not null,
  entity_id bigint,
  blocks_release boolean not null,
  disabled boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- {id, name, kind}, as they were at the time.
  updated_by jsonb not null,
  constraint configuration_of_field unique (lab_id, template_id),
  unique (lab_id, id)
);

-- A field of one patient or one bill that holds its placeholder, or did.
create table missing_details.incident (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  configuration_id bigint not null,
  patient_id bigint not null,
  -- Number and name as lists show them, kept up to date by every write of the patient or the bill.
  patient_number text not null,
  patient_name text not null,
  bill_id bigint,
  bill_number text,
  -- Whose portal sees it: of the bill, or of the patient.
  organisation_id bigint,
  doctor_id bigint,
  -- The placeholder that the field holds, or held until it was edited: the configuration may have another by now.
  value text not null,
  match_key text not null,
  -- open: the field holds the placeholder. confirmed: it does, and that is the truth. edited: it holds something else by now.
  -- withdrawn: its bill was cancelled or its patient merged into another.
  state text not null check (state in ('open', 'confirmed', 'edited', 'withdrawn')),
  created_at timestamptz not null,
  opened_at timestamptz not null,
  opened_by jsonb not null,
  updated_at timestamptz not null,
  resolved_at timestamptz,
  resolved_by jsonb,
  constraint incident_once unique nulls not distinct (configuration_id, patient_id, bill_id),
  constraint incident_resolved check (num_nonnulls(resolved_at, resolved_by) = case state when 'open' then 0 else 2 end),
  constraint incident_configuration foreign key (lab_id, configuration_id) references missing_details.configuration (lab_id, id)
);
create index incident_of_patient on missing_details.incident (lab_id, patient_id);
create index incident_open_patient on missing_details.incident (lab_id, patient_id) where state = 'open' and bill_id is null;
create index incident_open_bill on missing_details.incident (lab_id, bill_id) where state = 'open' and bill_id is not null;
create index incident_open_recent on missing_details.incident (lab_id, opened_at desc, id desc) where state = 'open';
create index incident_recent on missing_details.incident (lab_id, opened_at desc, id desc);
create index incident_organisation on missing_details.incident (lab_id, organisation_id, opened_at desc, id desc) where organisation_id is not null;

-- Where a kind of directory entry lives in another system: new ones are asked for there.
create table missing_details.entity_target (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  version integer not null default 1,
  entity text not null,
  url text not null,
  sealed_secret text not null,
  disabled boolean not null,
  constraint entity_target_kind unique (lab_id, entity)
);

-- A directory entry that a configuration caused: made at once here, or asked for in another system.
create table missing_details.entity_creation (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  configuration_id bigint not null,
  entity text not null,
  entity_name text not null,
  -- Of the entry; another system's ids need not be numbers. Null until it answered.
  object_id text,
  organisation_id bigint,
  state text not null check (state in ('created', 'queued', 'failed')),
  -- Why it failed, or what went wrong at the last attempt.
  trouble text,
  -- The same at every attempt, so that the other system makes the entry once.
  idempotency_key uuid not null default gen_random_uuid(),
  created_at timestamptz not null,
  settled_at timestamptz,
  constraint entity_creation_configuration foreign key (lab_id, configuration_id) references missing_details.configuration (lab_id, id)
);
create index entity_creation_recent on missing_details.entity_creation (lab_id, created_at desc, id desc);
create index entity_creation_of_configuration on missing_details.entity_creation (configuration_id, id desc);

select platform.protect(table_name) from unnest(array['missing_details.configuration', 'missing_details.incident', 'missing_details.entity_target',
  'missing_details.entity_creation']::regclass[]) as table_name;

create policy own_reach on missing_details.incident as restrictive using (
  (platform.current_organisation() is null or organisation_id = platform.current_organisation())
  and (platform.current_doctor() is null or doctor_id = platform.current_doctor()));
create policy own_reach on missing_details.entity_creation as restrictive using (
  (platform.current_organisation() is null or organisation_id = platform.current_organisation()) and platform.current_doctor() is null);
create policy own_reach on missing_details.entity_target as restrictive using (
  platform.current_organisation() is null and platform.current_doctor() is null);

-- What others ask: is a field watched, and which details of a patient or a bill are open.
create view missing_details.pub_configuration with (security_invoker = true) as
  select c.id, c.lab_id, t.module, t.name, c.match_key, c.disabled
  from missing_details.configuration c join missing_details.template t on t.id = c.template_id;
create view missing_details.pub_open with (security_invoker = true) as
  select i.id, i.lab_id, i.patient_id, i.bill_id, t.module, t.name, t.label, i.value, c.blocks_release
  from missing_details.incident i join missing_details.configuration c on c.id = i.configuration_id
    join missing_details.template t on t.id = c.template_id
  where i.state = 'open' and not c.disabled;
grant select on missing_details.pub_configuration, missing_details.pub_open to aliquot_app;

-- The names that support staff know from the older system; in public, where a statement without a schema looks.
create view public.LabMissingDetailsConfiguration with (security_invoker = true) as
  select c.id, c.lab_id, t.name as field_name, c.value as field_value, t.module as field_module, t.category as field_category,
    c.disabled::int as is_disabled, c.blocks_release::int as blocks_release, c.created_at, c.updated_at
  from missing_details.configuration c join missing_details.template t on t.id = c.template_id;
create view public.LabMissingDetails with (security_invoker = true) as
  select i.id, i.lab_id, i.patient_id as user_details_id, i.bill_id, i.organisation_id as org_id, t.name as field_name, i.value as field_value,
    t.module as field_module, t.category as field_category, (i.state <> 'open')::int as is_resolved, i.state, i.created_at, i.updated_at,
    i.resolved_at, case when i.resolved_by ->> 'kind' = 'doctor' then (i.resolved_by ->> 'id')::bigint end as resolved_by_doctor_id,
    case when i.resolved_by ->> 'kind' <> 'doctor' then (i.resolved_by ->> 'id')::bigint end as resolved_by_lab_user_id
  from missing_details.incident i join missing_details.configuration c on c.id = i.configuration_id
    join missing_details.template t on t.id = c.template_id
  where i.state <> 'open' or not c.disabled;
create view public.MissingDetailsEntityCreation with (security_invoker = true) as
  select id, configuration_id as config_id, entity as entity_kind, entity_name, object_id, lab_id, organisation_id as org_id, state, created_at
  from missing_details.entity_creation;
grant select on public.LabMissingDetailsConfiguration, public.LabMissingDetails, public.MissingDetailsEntityCreation to aliquot_app;
