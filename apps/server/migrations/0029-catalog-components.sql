-- Format 5: results are entered by components of another module, organisms and genes for example.
alter table catalog.test drop constraint test_format_type_check;
alter table catalog.test add constraint test_format_type_check check (format_type between 1 and 5);
