# Every target is one Python script: read scripts/ for what it does.
PYTHON ?= python3

.DEFAULT_GOAL := help
.PHONY: help run test check spec bench rehearse simulate openapi client format clean

help:     ## what there is
	@$(PYTHON) -m scripts.list_targets
run:      ## set up whatever is missing and start the whole product
	@$(PYTHON) -m scripts.run
test:     ## every test: Python on both databases, clients, builds, journeys in real browsers
	@$(PYTHON) -m scripts.run_tests
check:    ## format, lint, types, import layers, OpenAPI drift, known vulnerabilities
	@$(PYTHON) -m scripts.run_checks
spec:     ## the rows of the specification and the tests that prove them
	@$(PYTHON) -m scripts.list_spec_rows
bench:    ## our endpoints beside bare WSGI, bare Flask and Flask + SQLAlchemy
	@$(PYTHON) -m scripts.run_bench
rehearse: ## play a whole fair day against the running product; ends in GO or NO-GO (ARGS="--small")
	@$(PYTHON) -m scripts.run_rehearsal $(ARGS)
simulate: ## compare rules for busy students by simulation, and score our own promises
	@$(PYTHON) -m scripts.run_simulation
openapi:  ## write openapi.json and the clients' types from the application
	@$(PYTHON) -m scripts.write_openapi
client:   ## build the clients, if their sources changed
	@$(PYTHON) -m scripts.run --prepare-only
format:   ## format the Python code
	@$(PYTHON) -m scripts.run_checks --format
clean:    ## remove what a run made, the data in var/ included
	@$(PYTHON) -m scripts.clean
