locals {
  pools = "//iam.googleapis.com/projects/${var.project_number}/locations/global/workloadIdentityPools"

  # Workers that reach Google, with the databases each reads and writes; the one that hands logs on reads nothing.
  federated_workers = {
    aircall-webhook = ["business"]
    guesty-webhook  = ["business"]
    llm-query       = ["business"]
    log-forwarder   = []
  }

  worker_members = {
    for name in local.workers :
    name => join("/", [
      "principal:${local.pools}", google_iam_workload_identity_pool.workers.workload_identity_pool_id, "subject", name,
    ])
  }
}

resource "google_iam_workload_identity_pool" "workers" {
  project                   = var.project_id
  workload_identity_pool_id = "innkeeper"
  display_name              = "Cloudflare Workers"
  description               = "Workers sign with keys of their own and are believed by the public halves here."

  depends_on = [google_project_service.this]
}

# One provider for each Worker, with its own key: whoever has one Worker's key cannot speak as another.
resource "google_iam_workload_identity_pool_provider" "workers" {
  for_each = var.worker_keys

  project                            = var.project_id
  workload_identity_pool_id          = google_iam_workload_identity_pool.workers.workload_identity_pool_id
  workload_identity_pool_provider_id = each.key
  display_name                       = each.key
  attribute_mapping                  = { "google.subject" = "assertion.sub" }
  attribute_condition                = "assertion.sub == \"${each.key}\""

  oidc {
    issuer_uri = var.worker_issuer
    jwks_json  = each.value
  }
}

# Writes lines of every Worker's log, and cannot read one.
resource "google_project_iam_member" "log_forwarder" {
  count = contains(keys(var.worker_keys), "log-forwarder") ? 1 : 0

  project = var.project_id
  role    = "roles/logging.logWriter"
  member  = local.worker_members["log-forwarder"]

  depends_on = [google_project_service.this]
}
