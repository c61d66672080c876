-- The lab's dictionary of parameters: what other modules name by its code.
create view catalog.pub_parameter with (security_invoker = true) as
  select id, lab_id, code, name from catalog.parameter;
grant select on catalog.pub_parameter to aliquot_app;
