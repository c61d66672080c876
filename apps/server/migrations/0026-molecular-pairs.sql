-- Pairs are looked up from the gene and from the organism as well; the unique constraints begin with the lab, which is null for defaults.
create index antibiotic_resistance_gene on molecular.antibiotic_resistance (gene_id);
create index intrinsic_resistance_organism on molecular.intrinsic_resistance (organism_id);
