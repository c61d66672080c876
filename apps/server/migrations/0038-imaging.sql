-- Dental clinics, whose cards are whose, and the images that clinics send.

create schema imaging;
grant usage on schema imaging to aliquot_app;

create table imaging.clinic (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  version integer not null default 1,
  code text not null,
  name text collate "und-x-icu" not null,
  -- The account that the clinic's keys act as: it may send images and nothing else.
  account_id bigint not null references labs.account (id),
  disabled boolean not null default false,
  last_sent_at timestamptz,
  -- What its agent left out, by its latest report: [{file, reason, detail}], the first thousand.
  skipped_at timestamptz,
  skipped_total integer not null default 0,
  skipped jsonb not null default '[]',
  created_at timestamptz not null,
  constraint clinic_code unique (lab_id, code),
  constraint clinic_account unique (account_id)
);

-- A card that two patients have stays, so that somebody sees it; while it does, it names nobody.
create table imaging.card (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  clinic_id bigint not null references imaging.clinic (id),
  card_id text not null,
  patient_id bigint not null references patients.patient (id),
  added_at timestamptz not null,
  added_by jsonb not null,
  constraint card_once unique (clinic_id, card_id, patient_id)
);
create index card_of_patient on imaging.card (lab_id, patient_id);

create table imaging.image (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  version integer not null default 1,
  -- Where the bytes lie now, and where they were sent to: another place once they were filed under another patient.
  key text not null,
  sent_key text not null,
  clinic_id bigint references imaging.clinic (id),
  -- The clinic's number and name of the image.
  clinic_image_id text,
  name text not null,
  patient_guid uuid not null,
  -- null where the lab has no such patient.
  patient_id bigint references patients.patient (id),
  state text not null check (state in ('waiting', 'ready', 'set_aside', 'gone')),
  reason text,
  detail text,
  -- As found in the bucket; changed bytes are looked at again.
  size bigint not null,
  sha256 text,
  found_at timestamptz not null,
  checked_at timestamptz,
  -- {patientId, reason, by, at} where a person decided whose image it is.
  decided jsonb,
  -- What the header says.
  modality text,
  kind text,
  taken_at text,
  teeth text[] not null default '{}',
  header jsonb,
  tags jsonb,
  -- Of 'thumbnail', 'picture' and 'view': which copies exist.
  copies text[] not null default '{}',
  constraint image_key unique (lab_id, key),
  constraint image_sent_key unique (lab_id, sent_key),
  constraint image_ready check (state <> 'ready' or patient_id is not null)
);
create index image_of_patient on imaging.image (lab_id, patient_id, taken_at desc, id desc) where state = 'ready';
create index image_set_aside on imaging.image (lab_id, id desc) where state = 'set_aside';

select platform.protect(table_name) from unnest(array['imaging.clinic', 'imaging.card', 'imaging.image']::regclass[]) as table_name;

-- A doctor or an organisation reaches the images of patients that they reach, and no clinics.
create policy own_reach on imaging.image as restrictive using (
  (platform.current_organisation() is null and platform.current_doctor() is null) or patient_id in (select id from patients.pub_patient));
create policy own_reach on imaging.card as restrictive using (platform.current_organisation() is null and platform.current_doctor() is null);
create policy own_reach on imaging.clinic as restrictive using (platform.current_organisation() is null and platform.current_doctor() is null);
