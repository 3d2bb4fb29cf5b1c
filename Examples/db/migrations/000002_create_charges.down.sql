DROP TABLE tax_rates;
DROP TABLE charges;
