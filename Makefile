# make run    builds and shows what invar is for, on Examples/
# make test   runs every test
# Both install what is missing: system packages only, quietly, only when absent.

PREFIX ?= /usr/local
SWIFT ?= swift
RELEASE = -c release --static-swift-stdlib
BINARY = .build/release/invar
TODAY ?= 2026-11-23

.PHONY: run test build deps bench install install-adr format lint clean

run: build
	@scripts/demo.sh $(BINARY) $(TODAY)

build: deps
	@$(SWIFT) build $(RELEASE) --product invar --quiet 2>&1 | grep -v '^$$' || true
	@test -x $(BINARY)

test: deps lint
	$(SWIFT) build --build-tests --quiet
	$(SWIFT) test --skip-build
	scripts/self-check.sh .build/debug/invar
	python3 scripts/validate-formats.py .build/debug/invar

bench: build
	python3 Tests/Benchmarks/run.py --binary $(BINARY)

install: build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	install -s -m 755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/invar
	install -m 644 docs/invar.1 $(DESTDIR)$(PREFIX)/share/man/man1/invar.1
	$(BINARY) --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/invar
	$(BINARY) --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_invar
	$(BINARY) --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/invar.fish

# The command adr, for those who come from adr-tools; apart, so that it does not hide the one that a machine has.
install-adr:
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/invar/adr-tools $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	install -m 755 scripts/adr scripts/_adr_autocomplete $(DESTDIR)$(PREFIX)/bin
	install -m 644 Templates/adr-tools/template.md Templates/adr-tools/init.md NOTICE $(DESTDIR)$(PREFIX)/share/invar/adr-tools
	install -m 644 scripts/adr-completion.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/adr

format:
	$(SWIFT) format --in-place --recursive Sources Tests Package.swift

lint:
	@$(SWIFT) format lint --strict --recursive Sources Tests Package.swift

deps:
	@scripts/install-dependencies.sh

clean:
	rm -rf .build
