-- What the screens of instruments show of a report.
create or replace view reports.pub_report with (security_invoker = true) as
  select id, lab_id, patient_id, accession_id, bill_id, bill_item_id, test_id, status, signed_at, is_file, number, ordered_at from reports.report;
create view reports.pub_specimen with (security_invoker = true) as
  select s.id, s.lab_id, s.number, a.number as accession_number, s.status from reports.specimen s join reports.accession a on a.id = s.accession_id;
grant select on reports.pub_specimen to aliquot_app;
