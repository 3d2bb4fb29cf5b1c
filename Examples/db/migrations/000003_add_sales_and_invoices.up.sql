-- 既存の列には触らない。coupon_code の DROP COLUMN は別のリリースで行う。
ALTER TABLE orders ADD COLUMN note text;

CREATE TABLE sales_daily (
    business_date date    NOT NULL,
    currency      char(3) NOT NULL,
    total_minor   bigint  NOT NULL,
    PRIMARY KEY (business_date, currency)
);

CREATE TABLE sales_monthly (
    month         char(7) NOT NULL,
    currency      char(3) NOT NULL,
    total_minor   bigint  NOT NULL,
    average_minor bigint  NOT NULL
);

CREATE TABLE invoices (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id  bigint NOT NULL REFERENCES orders (id),
    issued_on date   NOT NULL
);
