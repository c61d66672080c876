-- Whether a patient lacks details follows from the open incidents; nothing keeps it a second time.
create or replace view patients.pub_patient with (security_invoker = true) as
  select p.id, p.lab_id, p.guid, p.number, p.title, p.full_name, p.sex, p.birth_date, p.birth_date_estimated,
    to_char(p.birth_time, 'HH24:MI') as birth_time, p.phone, p.organisation_id, p.doctor_id,
    exists (select from missing_details.pub_open o where o.lab_id = p.lab_id and o.patient_id = p.id and o.bill_id is null) as has_missing_fields,
    p.version
  from patients.patient p;
alter table patients.patient drop column has_missing_fields;

-- A placeholder identifies nobody, so many patients may have it as their id: it has no key.
alter table patients.patient drop constraint patient_national_id_whole, add constraint patient_national_id_whole
  check (num_nulls(national_id, national_id_type) in (0, 2) and (national_id_key is null or national_id is not null));
