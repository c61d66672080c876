-- The insurance group of a patient can hold a placeholder too.

insert into missing_details.template (id, module, name, category, label, entity) values
  (23, 'patients', 'insuranceGroup', 'payment', 'Insurance group', 'insurance_group');
