{{- define "operator.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* The name of the objects. A release named after the chart gives the names of deploy/kustomize. */}}
{{- define "operator.fullname" -}}
{{- $name := include "operator.name" . }}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else if contains $name .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "operator.serviceAccount" -}}
{{- default (include "operator.fullname" .) .Values.serviceAccount.name }}
{{- end }}

{{- define "operator.selector" -}}
app.kubernetes.io/name: {{ include "operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "operator.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "operator.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | replace "+" "_" | trunc 63 | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- /* The chart's own labels have precedence: YAML permits each key once, and selectors use them. */}}
{{- with include "operator.commonLabels" . | fromYaml }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "operator.commonLabels" -}}
{{- omit (default dict .Values.commonLabels) "helm.sh/chart" "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/managed-by" | toYaml }}
{{- end }}

{{- define "operator.image" -}}
{{- with .Values.image }}
{{- with .registry }}{{ trimSuffix "/" . }}/{{ end }}{{ .repository }}
{{- if .digest }}@{{ .digest }}{{ else }}:{{ default $.Chart.AppVersion .tag }}{{ end }}
{{- end }}
{{- end }}

{{/* An amount such as 1Gi in MiB. */}}
{{- define "operator.mib" -}}
{{- if hasSuffix "Gi" . }}{{ mul (trimSuffix "Gi" . | int) 1024 }}{{ else }}{{ trimSuffix "Mi" . | int }}{{ end }}
{{- end }}

{{/* The memory limit, its request and the heap, as YAML. The rule is that of src/docs/capacity.md. */}}
{{- define "operator.memory" -}}
{{- $memory := dict "limit" .Values.memory.limit "override" (default dict .Values.memory.override) }}
{{- if $memory.override.limit }}
{{- $limit := include "operator.mib" $memory.override.limit | int }}
{{- $heap := trimSuffix "m" $memory.override.heap | int }}
{{- if hasSuffix "g" $memory.override.heap }}
{{- $heap = mul (trimSuffix "g" $memory.override.heap | int) 1024 }}
{{- end }}
{{- if lt (sub $limit $heap | int) 128 }}
{{- fail (printf "memory.override: a heap of %d MiB leaves %d MiB of the limit of %d MiB. The operator refuses to start with less than 128 MiB. Raise memory.override.limit, or lower memory.override.heap." (int $heap) (sub $limit $heap | int) $limit) }}
{{- end }}
limit: {{ $memory.override.limit }}
request: {{ printf "%dMi" (max (sub $limit 96) 1) }}
heap: {{ $memory.override.heap }}
{{- else }}
{{- $limit := include "operator.mib" $memory.limit | int }}
limit: {{ $memory.limit }}
request: {{ printf "%dMi" (sub $limit 96) }}
heap: {{ printf "%dm" (sub $limit 160) }}
{{- end }}
{{- end }}

{{/* Whether an object of the Prometheus Operator is created: arguments are the context, the switch and the kind. */}}
{{- define "operator.monitoring" -}}
{{- $switch := index . 1 }}
{{- if eq (toString $switch) "auto" }}
{{- $switch = (index . 0).Capabilities.APIVersions.Has (printf "monitoring.coreos.com/v1/%s" (index . 2)) }}
{{- end }}
{{- if $switch }}true{{ end }}
{{- end }}

{{- define "operator.subjects" -}}
subjects:
  - kind: ServiceAccount
    name: {{ include "operator.serviceAccount" . }}
    namespace: {{ .Release.Namespace }}
{{- end }}

{{/* The rights of the operator in the namespaces that it serves, without ConfigMaps. */}}
{{- define "operator.servedRules" -}}
# A client that pushes writes the claims of its copies: the operator creates and deletes them, and restores their spec.
- apiGroups: [cognito.appclients.dev]
  resources: [clientsecretclaims]
  verbs: [get, list, watch, create, patch, delete]
# The published credentials. The operator watches only Secrets with its own label, but RBAC cannot limit a list or a watch by label.
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [""]
  resources: [events]
  # The operator patches an existing event to increase its count.
  verbs: [create, patch]
{{- end }}

{{/* The rights of the operator at the scope of the cluster, in both sizes. */}}
{{- define "operator.clusterRules" -}}
# A pool may allow namespaces by their labels. The operator gets a namespace before it deletes a copy there.
- apiGroups: [""]
  resources: [namespaces]
  verbs: [get, list, watch]
# At start, the operator checks that the CRDs exist and match its version.
- apiGroups: [apiextensions.k8s.io]
  resources: [customresourcedefinitions]
  resourceNames:
    - clientsecretclaims.cognito.appclients.dev
    - clusteruserpools.cognito.appclients.dev
    - userpoolclients.cognito.appclients.dev
  verbs: [get]
{{- end }}

{{- define "operator.configMapRules" -}}
- apiGroups: [""]
  resources: [configmaps]
  verbs: [get, list, watch, create, patch, delete]
{{- end }}
