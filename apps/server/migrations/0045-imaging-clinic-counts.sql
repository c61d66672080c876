-- How many images a clinic has, counted in the index alone.
create index image_of_clinic on imaging.image (clinic_id, state);
