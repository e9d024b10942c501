locals {
  workers = toset(keys(var.worker_keys))

  # Reads and writes of one database. Firestore's rights end there: what a Worker may touch inside is its code's.
  database_users = merge(
    {
      for name in local.workers :
      "worker-${name}" => { member = local.worker_members[name], databases = local.federated_workers[name] }
    },
    {
      mongo-listener = { member = google_service_account.mongo_listener.member, databases = ["business", "ops"] }
      sync-app       = { member = google_service_account.sync_app.member, databases = ["business", "ops"] }
    },
    { for member in var.operators : member => { member = member, databases = ["business", "ops"] } },
  )

  database_grants = merge([
    for name, user in local.database_users : {
      for database in user.databases : "${name}/${database}" => { member = user.member, database = database }
    }
  ]...)
}

resource "google_project_iam_member" "databases" {
  for_each = local.database_grants

  project = var.project_id
  role    = "roles/datastore.user"
  member  = each.value.member

  condition {
    title       = "database-${each.value.database}"
    description = "This database alone."
    expression  = "resource.name == \"projects/${var.project_id}/databases/${var.databases[each.value.database]}\""
  }

  depends_on = [google_project_service.this]
}
