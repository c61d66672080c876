-- Insurance groups: who insures patients and is sent claims. Beside the other parties of the directory.

create table labs.insurance_group (
  id bigint generated always as identity primary key,
  lab_id bigint not null references labs.lab (id),
  name text collate "und-x-icu" not null,
  code text,
  -- How clearing houses know the payer.
  payer_id text,
  contact_name text,
  phone text,
  email text,
  address text,
  disabled boolean not null default false,
  version integer not null default 1,
  unique (lab_id, id)
);
create unique index insurance_group_name on labs.insurance_group (lab_id, lower(name));
create unique index insurance_group_code on labs.insurance_group (lab_id, lower(code));
create index insurance_group_by_name on labs.insurance_group (lab_id, name, id);
select platform.protect('labs.insurance_group');

create view labs.pub_insurance_group with (security_invoker = true) as
  select id, lab_id, name, code, payer_id, disabled from labs.insurance_group;
create view labs.search_insurance_group with (security_invoker = true) as
  select lab_id, id as subject_id, name as title, concat_ws(' · ', code, payer_id) as subtitle, '/insurance-groups/' || id as url,
    concat_ws(' ', name, code, payer_id, contact_name, phone, email) as body,
    null::bigint as organisation_id, null::bigint as doctor_id, null::bigint as patient_id, transaction_timestamp() as at
  from labs.insurance_group;
grant select on labs.pub_insurance_group, labs.search_insurance_group to aliquot_app;

-- Roles of labs that exist already get their part of claims and of merging patients.
update labs.role set permissions = permissions || array['billing.manage_claims']
  where ('labs.manage_roles' = any (permissions) or 'billing.refund' = any (permissions)) and not 'billing.manage_claims' = any (permissions);
update labs.role set permissions = permissions || array['patients.merge']
  where 'labs.manage_roles' = any (permissions) and not 'patients.merge' = any (permissions);
