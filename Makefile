# `make` lists what there is.
MAKEFLAGS += --warn-undefined-variables --no-builtin-rules --no-print-directory
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

MVN := .mvn/maven
# Says only what is wrong: errors, and the compiler's warnings, each of which is one.
QUIETLY := -q -Dorg.slf4j.simpleLogger.log.org.apache.maven.plugin.compiler=warn
ARGS ?=

# The package and the test classes, as old as their sources. Directories are listed too: a file that went away is a change.
PACKAGE := target/package
AOT := target/quarkus-app/app.aot
SOURCES := $(shell find src/main src/crd src/test/java src/test/resources .mvn/jvm.config pom.xml 2>/dev/null)

# A main class of src/test, in a JVM that starts fast and is soon over.
JAVA_RUN = env CLASSPATH="target/classes:target/test-classes:$$(cat target/test-classpath)" \
	"$$(.mvn/java-home)/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
	--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED \
	-Djava.util.logging.manager=org.jboss.logmanager.LogManager
LOCAL = exec $(JAVA_RUN) dev.appclients.cognito.local.LocalMain

.PHONY: help
help: ## list the targets
	@echo 'make <target>, one of'
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1|\2/p' Makefile | while IFS='|' read -r target does; do printf '%-20s%s\n' "$$target" "$$does"; done

.PHONY: build
build: $(PACKAGE) ## compile, check and package, without tests

$(PACKAGE): $(SOURCES)
	@echo 'building the operator'
	@$(MVN) $(QUIETLY) package -DskipTests
	@touch $@

.PHONY: aot
aot: $(AOT) ## train an AOT cache for the packaged operator: half the time to start

$(AOT): $(PACKAGE) | control-plane
	@exec $(JAVA_RUN) dev.appclients.cognito.bench.Training

.PHONY: control-plane
control-plane: ## install etcd, kube-apiserver, kube-controller-manager and kubectl into a cache
	@src/test/control-plane/install.sh >/dev/null

.PHONY: test
test: control-plane ## everything that CI runs
	@$(MVN) verify $(ARGS)

.PHONY: unit
unit: ## the tests that need no control plane
	@$(MVN) test $(ARGS)

.PHONY: format
format: ## bring the sources into the form that the build checks
	@$(MVN) $(QUIETLY) spotless:apply

.PHONY: generate
generate: ## write again what is generated from the code and committed
	@$(MVN) $(QUIETLY) process-test-classes -Dspotless.check.skip=true
	@$(JAVA_RUN) dev.appclients.cognito.docs.GeneratedFiles

.PHONY: run
run: $(PACKAGE) control-plane ## the operator, a control plane and a Cognito simulator, until Ctrl-C
	@$(LOCAL) run

.PHONY: up
up: $(PACKAGE) control-plane ## the same in the background; then: source target/run/env
	@$(LOCAL) up

.PHONY: restart-operator
restart-operator: $(PACKAGE) ## start the operator again, from the newest build
	@$(LOCAL) restart-operator

.PHONY: down
down: ## end what `make up` started
	@if [ -s target/run/processes ] || [ -s target/run/control-plane/processes ]; then $(LOCAL) down; else echo 'nothing is up'; fi

.PHONY: bench
bench: $(PACKAGE) $(AOT) control-plane ## measure start, memory, CPU, throughput, ten thousand clients and floods
	@exec $(JAVA_RUN) dev.appclients.cognito.bench.Benchmark $(ARGS)

.PHONY: soak
soak: $(PACKAGE) control-plane ## edits, faults and deaths at random, then judge: ARGS="--minutes 10 --seed 42 --clients 300"
	@exec $(JAVA_RUN) dev.appclients.cognito.soak.SoakMain $(ARGS)

POOL ?=
.PHONY: contract
contract: ## ask a real user pool whether it is as the operator believes: POOL=eu-west-1_xxx; see src/docs/contract.md
	@$(MVN) $(QUIETLY) test-compile
	@exec $(JAVA_RUN) dev.appclients.cognito.contract.ContractMain "$(POOL)" $(ARGS)

.PHONY: clean
clean: down ## remove what was built
	@rm -rf target
