# `make` lists the targets.
MAKEFLAGS += --warn-undefined-variables --no-builtin-rules --no-print-directory
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

MVN := .mvn/maven
# Shows the steps of a command and their times. PROGRESS=off shows the command's own output.
SHOW := .mvn/progress
ARGS ?=

# Sources of the package and the test classes. Directories are included, because a deleted file is a change too.
PACKAGE := target/package
AOT := target/quarkus-app/app.aot
SOURCES := $(shell find src/main src/crd src/test/java src/test/resources .mvn/jvm.config pom.xml 2>/dev/null)

# A main class of src/test, in a JVM with options for a fast start and a short run.
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
	@echo "The operator is in target/quarkus-app: $$(du -sm target/quarkus-app | cut -f 1) MB with its libraries. Start: make run. Test: make test."

$(PACKAGE): $(SOURCES)
	@$(SHOW) --maven build $(MVN) package -DskipTests
	@touch $@

.PHONY: aot
aot: $(AOT) ## train an AOT cache for the packaged operator, which halves its start time

$(AOT): $(PACKAGE) | control-plane
	@$(SHOW) aot $(JAVA_RUN) dev.appclients.cognito.bench.Training

.PHONY: image
image: $(PACKAGE) | control-plane ## write the image to target/image: ARGS="--arch amd64,arm64 --base IMAGE --tag NAME"
	@$(SHOW) image $(JAVA_RUN) dev.appclients.cognito.image.ImageMain $(ARGS)

.PHONY: control-plane
control-plane: ## install etcd, kube-apiserver, kube-controller-manager and kubectl into a cache
	@$(SHOW) 'control plane' src/test/control-plane/install.sh >/dev/null

.PHONY: tools
tools: ## install helm 3, helm 4, kubeconform and promtool into a cache
	@$(SHOW) tools src/test/tools/install.sh >/dev/null

.PHONY: test
test: control-plane tools ## run everything that CI runs
	@$(SHOW) --maven test $(MVN) verify $(ARGS)

.PHONY: unit
unit: ## run the tests that need no control plane
	@$(SHOW) --maven unit $(MVN) test $(ARGS)

.PHONY: format
format: ## format the sources
	@$(SHOW) --maven format $(MVN) spotless:apply

.PHONY: generate
generate: ## regenerate the committed files that come from the code
	@$(SHOW) --maven generate $(MVN) process-test-classes -Dspotless.check.skip=true
	@$(JAVA_RUN) dev.appclients.cognito.docs.GeneratedFiles

.PHONY: argocd-testdata
argocd-testdata: control-plane ## write the objects in deploy/argocd that are the testdata of its scripts; then: make generate
	@$(SHOW) --maven argocd-testdata $(MVN) process-test-classes -Dspotless.check.skip=true
	@$(SHOW) --maven argocd-testdata $(MVN) failsafe:integration-test@integration -DargLine= -Dit.test=ArgoTestdataIT -Dargocd.testdata=write

.PHONY: chart
chart: tools ## pack the Helm chart with the changes of its version into target/chart
	@$(SHOW) --maven chart $(MVN) process-test-classes -Dspotless.check.skip=true
	@exec $(JAVA_RUN) dev.appclients.cognito.deploy.ChartPackage

.PHONY: store-release
store-release: ## store the CRDs and objects of this version, with which a test compares the next version
	@version=$$(sed -n 's|^  <version>\(.*\)</version>|\1|p' pom.xml); stored=src/test/resources/releases/$${version%-SNAPSHOT}; \
	mkdir -p "$$stored/crds" "$$stored/objects"; cp crds/*.yaml "$$stored/crds"; \
	for kind in src/test/resources/manifests/*; do cp "$$kind/valid/everything.yaml" "$$stored/objects/$${kind##*/}.yaml"; done; \
	echo '# Incompatible changes of the CRDs since this release: <CRD> <change> # <reason>' >"$$stored/allowed-changes.txt"; \
	echo "stored in $$stored"

.PHONY: run
run: $(PACKAGE) control-plane ## run the operator, a control plane and a Cognito simulator until Ctrl-C
	@$(LOCAL) run

.PHONY: up
up: $(PACKAGE) control-plane ## run the same in the background; then: source target/run/env
	@$(LOCAL) up

.PHONY: restart-operator
restart-operator: $(PACKAGE) ## restart the operator from the newest build
	@$(LOCAL) restart-operator

.PHONY: down
down: ## stop the processes of `make up`
	@if [ -s target/run/processes ] || [ -s target/run/control-plane/processes ]; then $(LOCAL) down; else echo 'nothing is running'; fi

.PHONY: bench
bench: $(PACKAGE) $(AOT) control-plane ## measure start, memory, CPU, throughput, ten thousand clients, copies and floods
	@$(SHOW) bench $(JAVA_RUN) dev.appclients.cognito.bench.Benchmark $(ARGS)

.PHONY: soak
soak: $(PACKAGE) control-plane ## random edits, faults and crashes, then a check: ARGS="--minutes 10 --seed 42 --clients 300"
	@exec $(JAVA_RUN) dev.appclients.cognito.soak.SoakMain $(ARGS)

POOL ?=
.PHONY: contract
contract: ## check the assumptions against a real user pool: POOL=eu-west-1_xxx; see src/docs/contract.md
	@$(SHOW) --maven contract $(MVN) test-compile
	@exec $(JAVA_RUN) dev.appclients.cognito.contract.ContractMain "$(POOL)" $(ARGS)

.PHONY: release
release: control-plane tools ## make every file of a release from the commit: ARGS="--version 1.2.3 --image NAME"; see src/docs/releases.md
	@$(SHOW) --maven release $(MVN) process-test-classes -Dspotless.check.skip=true
	@$(SHOW) release $(JAVA_RUN) dev.appclients.cognito.release.ReleaseMain $(ARGS)

.PHONY: clean
clean: down ## remove the build output
	@rm -rf target
