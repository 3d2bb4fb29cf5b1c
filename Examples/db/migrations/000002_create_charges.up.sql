CREATE TABLE charges (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id      bigint      NOT NULL REFERENCES orders (id),
    provider_ref  text,
    state         text        NOT NULL CHECK (state IN ('unknown', 'captured', 'voided')),
    amount_minor  bigint      NOT NULL,
    currency      char(3)     NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE tax_rates (
    category   text    PRIMARY KEY,
    rate_bp    integer NOT NULL -- basis points
);

INSERT INTO tax_rates (category, rate_bp) VALUES ('standard', 1000), ('food', 800);
