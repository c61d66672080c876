-- Isolates: one organism grown from one specimen, with what every drug did to it. Made from signed reports, or imported.

create table molecular.isolate_import (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  file_name text not null,
  isolates integer not null,
  imported_at timestamptz not null,
  imported_by bigint
);

create table molecular.isolate (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  report_id bigint references reports.report (id),
  import_id bigint references molecular.isolate_import (id),
  -- Isolates of one organism in one report, or under one id of a file, are counted from 1.
  number smallint not null default 1,
  -- What an imported file calls the isolate and the patient; the patient of this lab whose number that is, if there is one.
  file_isolate text not null default '',
  file_patient text not null default '',
  patient_id bigint references patients.patient (id),
  organism_id bigint references molecular.organism (id),
  organism text not null,
  -- What an antibiogram counts it under.
  species text not null,
  -- The day of collection in the zone of the lab.
  collected_on date not null,
  specimen text not null,
  ward text not null,
  patient_type text not null check (patient_type in ('', 'in', 'out')),
  sex text not null,
  age_years smallint,
  surveillance boolean not null,
  -- Id of each tested antibiotic and a letter: S, I, D (SDD), R or N (NS). 12S35R
  results text not null check (results ~ '^([0-9]+[SIDRN])*$'),
  -- Id of an antibiotic → what was read and how: {"12": {"text": "<=0.5", "method": "MIC"}}.
  measured jsonb not null default '{}',
  constraint isolate_source check (num_nonnulls(report_id, import_id) = 1),
  constraint isolate_of_report unique (report_id, organism_id, number)
);
create index isolate_collected on molecular.isolate (lab_id, collected_on, id);
create index isolate_species on molecular.isolate (lab_id, species, collected_on, id);
create index isolate_patient on molecular.isolate (patient_id) where patient_id is not null;
create unique index isolate_of_file on molecular.isolate (lab_id, file_patient, file_isolate, species, collected_on, number) where import_id is not null;

select platform.protect(table_name) from unnest(array['molecular.isolate_import', 'molecular.isolate']::regclass[]) as table_name;
-- A portal has no antibiogram.
create policy own_reach on molecular.isolate as restrictive using (
  (select platform.current_organisation() is null and platform.current_doctor() is null));
