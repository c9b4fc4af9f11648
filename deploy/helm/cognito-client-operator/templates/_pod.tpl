{{- define "operator.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "operator.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{/* A variable of the operator's settings, if the value is neither empty nor null. */}}
{{- define "operator.setting" -}}
{{- if not (has (index . 1) (list "" nil)) }}
- {name: {{ index . 0 }}, value: {{ index . 1 | toString | quote }}}
{{- end }}
{{- end }}

{{- define "operator.env" -}}
{{- $memory := include "operator.memory" . | fromYaml }}
- name: POD_NAME
  valueFrom: {fieldRef: {fieldPath: metadata.name}}
- name: POD_NAMESPACE
  valueFrom: {fieldRef: {fieldPath: metadata.namespace}}
# The memory limit below minus 160 MiB, unless memory.override is set. See src/docs/capacity.md.
- {name: JDK_JAVA_OPTIONS, value: {{ printf "-Xmx%s %s" $memory.heap (default "" .Values.jvmOptions) | trim | quote }}}
{{- with .Values.watchNamespaces }}
- {name: COGNITO_CLIENT_OPERATOR_WATCH_NAMESPACES, value: {{ join "," . | quote }}}
{{- end }}
{{- with .Values.config }}
{{- include "operator.setting" (list "AWS_REGION" .awsRegion) }}
{{- include "operator.setting" (list "AWS_ENDPOINT_URL" .awsEndpointURL) }}
{{- include "operator.setting" (list "COGNITO_CLIENT_OPERATOR_CLUSTER_NAME" .clusterName) }}
{{- include "operator.setting" (list "COGNITO_CLIENT_OPERATOR_DRIFT_CHECK_INTERVAL" .driftCheckInterval) }}
{{- include "operator.setting" (list "COGNITO_CLIENT_OPERATOR_POOL_INTERVAL" .poolInterval) }}
{{- include "operator.setting" (list "COGNITO_CLIENT_OPERATOR_CREATE_SETTLES_AFTER" .createSettlesAfter) }}
{{- include "operator.setting" (list "COGNITO_CLIENT_OPERATOR_STOP_TIMEOUT" .stopTimeout) }}
{{- include "operator.setting" (list "COGNITO_CLIENT_OPERATOR_QUOTA_SHARE" .quotaShare) }}
{{- include "operator.setting" (list "COGNITO_CLIENT_OPERATOR_QUOTAS" (ternary "" "false" .quotas)) }}
{{- include "operator.setting" (list "COGNITO_CLIENT_OPERATOR_LIST_PAGE_SIZE" .listPageSize) }}
{{- include "operator.setting" (list "COGNITO_CLIENT_OPERATOR_LEADER_ELECTION" (ternary "" "false" .leaderElection)) }}
{{- include "operator.setting" (list "COGNITO_CLIENT_OPERATOR_LEASE_DURATION" .leaseDuration) }}
{{- end }}
{{- if ne .Values.log.level "INFO" }}
{{- include "operator.setting" (list "QUARKUS_LOG_CATEGORY__DEV_APPCLIENTS__LEVEL" .Values.log.level) }}
{{- end }}
{{- include "operator.setting" (list "QUARKUS_LOG_CONSOLE_JSON_ENABLED" (ternary "" "false" .Values.log.json)) }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}
