# Reads Maven's output for .mvn/progress.
# Prints one event a line: step NAME, downloads COUNT, downloading FILE, running CLASS, class TESTS SKIPPED FAILURES, error TEXT,
# failing 0|1 (whether the next lines belong to a failed test), offset BYTES.
# With -v summary=1 it prints only the errors at the end of a failed run.

function step(name) { event("step " name) }
function event(text) { if (!summary) print text }

function named(goal, execution) {
  if (goal ~ /^spotless:check/) return "format check"
  if (goal ~ /^spotless:apply/) return "format"
  if (goal ~ /^compiler:compile/) return "compile"
  if (goal ~ /^compiler:testCompile/) return execution == "(crd)" ? "compile the CRD generator" : "compile the tests"
  if (goal ~ /^surefire:test/) return "unit tests"
  if (goal ~ /^failsafe:integration-test/) return execution == "(wiring)" ? "wiring test" : "integration tests"
  if (goal ~ /^failsafe:verify/) return "check of the results"
  if (goal ~ /^quarkus:build/) return "package"
  if (goal ~ /^jacoco:report/) return "coverage report"
  if (goal ~ /^cyclonedx:/) return "SBOM of the jars"
  if (goal ~ /^dependency:build-classpath/) return "class path of the tests"
  sub(/^[^:]*:/, "", goal)
  return goal
}

BEGIN { if (!failing) failing = 0 }

{ gsub(/\033\[[0-9;]*m/, "") }

/^\036/ {
  if (count) event("downloads " count)
  event("failing " failing)
  event("offset " substr($0, 2))
  next
}

/^\[INFO\] Scanning for projects/ { step("plugins and dependencies") }
/Downloading from / { file = $NF; sub(/.*\//, "", file); event("downloading " file); next }
/Downloaded from / { count++; event("downloading "); next }

/^\[INFO\] --- / {
  goal = $3
  # maven-compiler-plugin:3.16.0:compile in Maven 3.8, compiler:3.16.0:compile in later ones.
  sub(/^maven-/, "", goal)
  sub(/-maven-plugin:/, ":", goal)
  sub(/-plugin:/, ":", goal)
  split(goal, parts, ":")
  event("downloading ")
  step(named(parts[1] ":" parts[3], $4))
}

/^\[INFO\] Running / { event("running " $3) }

/^\[[A-Z]+\] Tests run: .* -- in / {
  tests = $4 + 0; failures = $6 + $8; skips = $10 + 0
  sub(/.* -- in /, "", $0)
  event("class " tests " " skips " " failures)
  if (!failures) next
  $0 = "[ERROR] " $0 ": " failures " of " tests " tests failed <<< FAILURE!"
}

# A failed test: its message and the start of its stack trace.
/^\[ERROR\] .*<<< (FAILURE|ERROR)!/ { failing = 1; lines = 0; event("error " $0); next }
failing && /^\[(INFO|WARNING|ERROR)\]/ { failing = 0 }
failing { if (lines++ < 25 && $0 != "") event("error   " $0); next }

summary && /^\[ERROR\]/ {
  text = $0
  if (text ~ /^\[ERROR\] *$/ || text ~ /\[Help 1\]/ && text !~ /Failed to execute/ || text ~ /re-run Maven|Re-run Maven|possible solutions/) next
  sub(/ -> \[Help 1\]$/, "", text)
  if (!(text in seen)) print text
  seen[text] = 1
  continued = 1
  next
}
summary && continued && /^[ \t]/ { if (!($0 in seen)) print; seen[$0] = 1; next }
{ continued = 0 }
