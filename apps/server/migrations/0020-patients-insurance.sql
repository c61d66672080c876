-- By whom patients are insured, and records that were merged into another.

create table patients.insurance (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  patient_id bigint not null references patients.patient (id),
  insurance_group_id bigint not null,
  policy_number text not null,
  -- Letters and digits only, upper case.
  policy_key text not null,
  relation text not null check (relation in ('self', 'spouse', 'child', 'parent', 'other')),
  -- Whose policy it is; null for the patient's own.
  holder_name text,
  valid_from date,
  valid_to date,
  -- 1 is asked first.
  priority smallint not null check (priority > 0),
  -- What the insurer pays of a bill; the rest is the co-payment.
  coverage_percent numeric(5, 2) not null check (coverage_percent between 0 and 100),
  added_at timestamptz not null,
  constraint insurance_group foreign key (lab_id, insurance_group_id) references labs.insurance_group (lab_id, id),
  constraint insurance_of_patient unique (patient_id, insurance_group_id, policy_key),
  constraint insurance_holder check ((relation = 'self') = (holder_name is null)),
  constraint insurance_valid check (valid_from <= valid_to)
);
create index insurance_by_group on patients.insurance (lab_id, insurance_group_id);
select platform.protect('patients.insurance');
create policy own_reach on patients.insurance as restrictive using (
  (platform.current_organisation() is null and platform.current_doctor() is null) or patient_id in (select id from patients.patient));
create view patients.pub_insurance with (security_invoker = true) as
  select i.id, i.lab_id, i.patient_id, i.insurance_group_id, g.name as group_name, i.policy_number, i.relation, i.holder_name, i.valid_from, i.valid_to,
    i.priority, i.coverage_percent
  from patients.insurance i join labs.pub_insurance_group g on g.id = i.insurance_group_id;

-- A merged record stays as a signpost: it is listed nowhere, its id and its number lead to the record that was kept. One step, never a chain.
alter table patients.patient
  add column merged_into bigint references patients.patient (id),
  add column merged_at timestamptz,
  add constraint patient_signpost check (merged_into is null or (merged_into <> id and merged_at is not null and national_id is null));
create index patient_merged on patients.patient (merged_into) where merged_into is not null;

create or replace view patients.pub_patient with (security_invoker = true) as
  select p.id, p.lab_id, p.guid, p.number, p.title, p.full_name, p.sex, p.birth_date, p.birth_date_estimated,
    to_char(p.birth_time, 'HH24:MI') as birth_time, p.phone, p.organisation_id, p.doctor_id,
    exists (select from missing_details.pub_open o where o.lab_id = p.lab_id and o.patient_id = p.id and o.bill_id is null) as has_missing_fields,
    p.version
  from patients.patient p where p.merged_into is null;
create or replace view patients.search_patient with (security_invoker = true) as
  select p.lab_id, p.id as subject_id, p.full_name as title, concat_ws(' · ', p.number, p.sex, extract(year from p.birth_date), p.phone) as subtitle,
    '/patients/' || p.id as url,
    concat_ws(' ', p.full_name, p.number, p.phone, p.phone_key, right(p.national_id_key, 4),
      (select string_agg(concat_ws(' ', m.number, nullif(m.full_name, p.full_name)), ' ') from patients.patient m where m.merged_into = p.id)) as body,
    p.organisation_id, p.doctor_id, p.id as patient_id, p.registered_at as at
  from patients.patient p where p.merged_into is null;
grant select on patients.pub_insurance to aliquot_app;
