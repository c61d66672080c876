-- What papers say that were issued before the records of a patient were merged: {number, fullName, birthYear}.
alter table reports.report add column issued_as jsonb;

create or replace function reports.verification(token text) returns jsonb language sql stable security definer set search_path = pg_catalog as $$
  select jsonb_build_object('labName', l.name, 'accreditation', l.accreditation, 'reportNumber', r.number, 'testName', t.name,
    'fullName', p.full_name, 'birthYear', extract(year from p.birth_date)::int, 'issuedAs', r.issued_as, 'status', r.status, 'amendment', r.amendment,
    'collectedAt', r.collected_at, 'signedAt', r.signed_at,
    'signedBy', (select coalesce(jsonb_agg(a.name order by s.id), '[]') from reports.signature s join labs.pub_account a on a.id = s.account_id
      where s.report_id = r.id and s.revoked_at is null and s.amendment = r.amendment))
  from reports.report r join patients.pub_patient p on p.id = r.patient_id join labs.pub_lab l on l.id = r.lab_id join catalog.pub_test t
    on t.id = r.test_id
  where r.verify_token = token $$;
