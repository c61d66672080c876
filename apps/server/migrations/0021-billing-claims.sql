-- Bills charged to insurance, and the claims that ask for it.

alter table billing.bill
  -- What an insurer is expected to pay and has not paid yet: the amount of the claim that is open.
  add column insured bigint not null default 0 check (insured >= 0);
alter table billing.payment drop constraint payment_method_check,
  add constraint payment_method_check check (method in ('cash', 'card', 'upi', 'transfer', 'credit', 'insurance'));

create table billing.claim (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  version integer not null default 1,
  -- The bill's number and which of its claims this is.
  number text not null,
  bill_id bigint not null references billing.bill (id),
  patient_id bigint not null references patients.patient (id),
  -- The policy as it was: patients.insurance may be corrected or taken away since.
  policy_id bigint not null,
  insurance_group_id bigint not null,
  policy_number text not null,
  relation text not null,
  holder_name text,
  status text not null check (status in ('draft', 'submitted', 'accepted', 'rejected', 'settled', 'withdrawn')),
  amount bigint not null check (amount > 0),
  approved bigint check (approved > 0 and approved <= amount),
  settled bigint check (settled > 0 and settled <= approved),
  reason text,
  payer_reference text,
  submissions integer not null default 0,
  created_at timestamptz not null,
  created_by bigint,
  submitted_at timestamptz,
  answered_at timestamptz,
  settled_at timestamptz,
  constraint claim_group foreign key (lab_id, insurance_group_id) references labs.insurance_group (lab_id, id),
  constraint claim_number unique (lab_id, number),
  constraint claim_answered check ((status in ('accepted', 'settled')) <= (approved is not null)),
  constraint claim_settled check ((status = 'settled') = (settled is not null))
);
-- One claim of a bill is under way at a time.
create unique index claim_under_way on billing.claim (bill_id) where status not in ('settled', 'withdrawn');
create index claim_of_bill on billing.claim (bill_id);
create index claim_recent on billing.claim (lab_id, created_at desc, id desc);
create index claim_status on billing.claim (lab_id, status, created_at desc, id desc);
create index claim_by_group on billing.claim (lab_id, insurance_group_id, created_at desc, id desc);
create index claim_patient on billing.claim (lab_id, patient_id, id desc);

select platform.protect('billing.claim');
create policy own_reach on billing.claim as restrictive using (
  case when platform.current_organisation() is null and platform.current_doctor() is null then true
    else exists (select from billing.bill where id = bill_id) end);

create view billing.search_claim with (security_invoker = true) as
  select c.lab_id, c.id as subject_id, 'Claim ' || c.number || ' · ' || p.full_name as title,
    concat_ws(' · ', g.name, c.policy_number) as subtitle, '/claims/' || c.id as url,
    concat_ws(' ', c.number, c.policy_number, c.holder_name, c.payer_reference, g.name, p.full_name, p.number) as body,
    b.organisation_id, b.doctor_id, c.patient_id, c.created_at as at
  from billing.claim c join billing.bill b on b.id = c.bill_id join patients.pub_patient p on p.id = c.patient_id
    join labs.pub_insurance_group g on g.id = c.insurance_group_id;
grant select on billing.search_claim to aliquot_app;
