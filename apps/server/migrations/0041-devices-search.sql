-- Instruments in the search box. Those that are there already come with `aliquot reindex --kind instrument` or with their next change.
create view devices.search_instrument with (security_invoker = true) as
  select lab_id, id as subject_id, name as title, concat_ws(' · ', code, model, nullif(serial, '')) as subtitle, '/instruments/' || id as url,
    concat_ws(' ', code, name, model, serial) as body,
    null::bigint as organisation_id, null::bigint as doctor_id, null::bigint as patient_id, coalesce(last_message_at, 'epoch'::timestamptz) as at
  from devices.instrument;
grant select on devices.search_instrument to aliquot_app;
