DROP TABLE invoices;
DROP TABLE sales_monthly;
DROP TABLE sales_daily;
ALTER TABLE orders DROP COLUMN note;
