locals {
  secrets = setunion(var.other_secrets, flatten([for function in var.functions : values(function.secrets)]))

  secret_readers = merge([
    for name, function in var.functions : {
      for secret in values(function.secrets) : "${name}/${secret}" => { function = name, secret = secret }
    }
  ]...)
}

# Containers alone: values are put in by `pnpm secrets` and pass neither this configuration nor its state.
resource "google_secret_manager_secret" "this" {
  for_each = local.secrets

  project             = var.project_id
  secret_id           = each.key
  deletion_protection = true
  labels              = { project = "innkeeper" }
  # A version that was destroyed by mistake can be taken back for a week.
  version_destroy_ttl = "604800s"

  replication {
    auto {}
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_secret_manager_secret_iam_member" "functions" {
  for_each = local.secret_readers

  project   = var.project_id
  secret_id = google_secret_manager_secret.this[each.value.secret].secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.functions[each.value.function].member
}
