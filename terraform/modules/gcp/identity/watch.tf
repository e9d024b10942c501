# Looks after what runs: drift, backups, ages of credentials. Jobs of the GitHub environment ENVIRONMENT-watch on main
# alone: it decrypts what Ansible needs to compare servers, so no pull request may be it. It changes nothing at Google.
locals {
  watch_environment = "${var.environment}-watch"
  watch_roles = {
    plan    = google_project_iam_custom_role.plan.id
    secrets = "roles/secretmanager.viewer" # names, versions, ages; no value
  }
}

resource "google_iam_workload_identity_pool_provider" "github_watch" {
  project                            = var.project_id
  workload_identity_pool_id          = google_iam_workload_identity_pool.github.workload_identity_pool_id
  workload_identity_pool_provider_id = "watch"
  display_name                       = "Watch of ${var.environment}"
  attribute_mapping = {
    "google.subject"        = "assertion.sub"
    "attribute.environment" = "assertion.environment"
  }
  attribute_condition = join(" && ", [
    local.repository,
    "assertion.environment == \"${local.watch_environment}\"",
    "assertion.ref == \"refs/heads/main\"",
  ])

  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}

resource "google_service_account_iam_member" "ci_watch" {
  service_account_id = google_service_account.ci["ci-watch"].name
  role               = "roles/iam.workloadIdentityUser"
  member             = "${local.workflows}/attribute.environment/${local.watch_environment}"
}

resource "google_project_iam_member" "ci_watch" {
  for_each = local.watch_roles

  project = var.project_id
  role    = each.value
  member  = google_service_account.ci["ci-watch"].member
}

# What the runs of the backup have proven stands in the database ops; guests are in the other one.
resource "google_project_iam_member" "ci_watch_ops" {
  project = var.project_id
  role    = "roles/datastore.viewer"
  member  = google_service_account.ci["ci-watch"].member

  condition {
    title       = "database-ops"
    description = "This database alone."
    expression  = "resource.name == \"projects/${var.project_id}/databases/${var.databases["ops"]}\""
  }

  depends_on = [google_project_service.this]
}

resource "google_kms_crypto_key_iam_member" "sops_watch" {
  crypto_key_id = google_kms_crypto_key.sops.id
  role          = "roles/cloudkms.cryptoKeyDecrypter"
  member        = google_service_account.ci["ci-watch"].member
}
