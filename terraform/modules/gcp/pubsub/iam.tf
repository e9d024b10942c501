resource "google_pubsub_topic_iam_member" "live" {
  for_each = var.live_publishers

  project = var.project_id
  topic   = google_pubsub_topic.this["chat-live"].name
  role    = "roles/pubsub.publisher"
  member  = each.value
}

resource "google_pubsub_topic_iam_member" "backfill" {
  for_each = var.backfill_publishers

  project = var.project_id
  topic   = google_pubsub_topic.this["chat-backfill"].name
  role    = "roles/pubsub.publisher"
  member  = each.value
}

# Pub/Sub moves dead letters itself, and needs both rights for it: without them they are silently kept where they are.
resource "google_pubsub_topic_iam_member" "dead_letters" {
  project = var.project_id
  topic   = google_pubsub_topic.this["chat-dead"].name
  role    = "roles/pubsub.publisher"
  member  = local.service_agent
}

resource "google_pubsub_subscription_iam_member" "dead_letters" {
  for_each = local.pushed

  project      = var.project_id
  subscription = google_pubsub_subscription.this[each.key].name
  role         = "roles/pubsub.subscriber"
  member       = local.service_agent
}

# Pub/Sub signs the pushes' tokens as this account.
resource "google_service_account_iam_member" "push_tokens" {
  service_account_id = google_service_account.push.name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = local.service_agent
}
